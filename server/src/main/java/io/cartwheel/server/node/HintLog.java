package io.cartwheel.server.node;

import io.cartwheel.core.ring.MemberId;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log when this node begins to keep hints for a member, and when it keeps none any more.
 *
 * <p>A member that is merely slow now and then is owed something for moments only, so the end is
 * told once nothing has been owed for a while: at most two lines a member in that time.
 */
final class HintLog {
  static final Duration QUIET = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger("cartwheel.hints");
  private static final long INTERVAL_SECONDS = 1;

  private final Map<MemberId, String> names;
  private final SortedMap<MemberId, Spell> spells = new TreeMap<>();

  /** A time in which a member was owed something, with short breaks at most. */
  private record Spell(long beganNanos, long lastNanos) {}

  HintLog(Map<MemberId, String> names) {
    this.names = names;
  }

  /** Begins to watch what is owed. */
  void follow(EventLoop loop, ShardFigures figures) {
    loop.scheduleAtFixedRate(
        () -> note(figures.debts().keySet(), System.nanoTime()),
        INTERVAL_SECONDS,
        INTERVAL_SECONDS,
        TimeUnit.SECONDS);
  }

  /** Takes note of who is owed something now. */
  void note(Collection<MemberId> owed, long nowNanos) {
    for (MemberId member : owed) {
      Spell known = spells.get(member);
      if (known == null) {
        LOG.info("Keeping hints for {} from now on", nameOf(member));
      }
      spells.put(member, new Spell(known == null ? nowNanos : known.beganNanos(), nowNanos));
    }
    spells.entrySet().removeIf(each -> isOver(each.getKey(), each.getValue(), nowNanos));
  }

  private boolean isOver(MemberId member, Spell spell, long nowNanos) {
    boolean over = nowNanos - spell.lastNanos() >= QUIET.toNanos();
    if (over) {
      long seconds = Duration.ofNanos(spell.lastNanos() - spell.beganNanos()).toSeconds();
      LOG.info("No more hints for {}, after {} s", nameOf(member), seconds);
    }
    return over;
  }

  private String nameOf(MemberId member) {
    return names.getOrDefault(member, member.toString());
  }
}

package io.cartwheel.server.http;

import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.ring.MemberId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.function.Consumer;

/** A node that never goes through any barrier. */
final class NoBarriers implements NodeBarriers {
  @Override
  public BarrierView view() {
    var standing = new Standing(0, 0, 0, Foreign.unknownUntil(1));
    return new BarrierView(standing, Collections.emptySortedMap(), 1);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void want(long barrier) {}

  @Override
  public void heard(MemberId from, long current, long remembered) {}

  @Override
  public void forgetting(int partition, long barrier, Consumer<Boolean> done) {
    done.accept(false);
  }

  @Override
  public void forgotSince(MemberId from, long copyReached, Consumer<SortedSet<Integer>> done) {
    done.accept(Collections.emptySortedSet());
  }
}

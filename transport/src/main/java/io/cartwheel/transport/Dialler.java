package io.cartwheel.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;

/** Dials links of one shard; used on its event loop. */
final class Dialler {
  private final Wiring wiring;
  private final EventLoop loop;
  private final HandshakeRules rules;
  private final Bootstrap bootstrap;

  Dialler(Wiring wiring, int shard) {
    this.wiring = wiring;
    loop = wiring.loops().get(shard);
    rules = new HandshakeRules(wiring.settings(), wiring.loops().size());
    Duration connect = wiring.settings().timing().connect();
    bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(SocketChannels.of(loop).connecting())
            .resolver(OffLoopResolver.group())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connect.toMillis())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true);
  }

  /** Dials; the target's owner hears how it went, later. */
  DialAttempt dial(DialTarget target) {
    var attempt = new DialAttempt(wiring, rules, target, loop);
    // Looking up the name counts too, which the channel's own timeout leaves out.
    attempt.within(wiring.settings().timing().connect(), "no connection in time");
    var initializer =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            attempt.over(channel);
          }
        };
    bootstrap
        .clone()
        .handler(initializer)
        .connect(target.peer().address())
        .addListener((ChannelFuture connected) -> loop.execute(() -> dialled(attempt, connected)));
    return attempt;
  }

  private static void dialled(DialAttempt attempt, ChannelFuture connected) {
    if (!connected.isSuccess()) {
      attempt.fail(reasonOf(connected.cause()));
    }
  }

  private static String reasonOf(Throwable cause) {
    return cause instanceof IOException ? String.valueOf(cause.getMessage()) : cause.toString();
  }
}

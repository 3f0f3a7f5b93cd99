package io.cartwheel.transport;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Looks up host names on virtual threads, for a lookup may take seconds and an event loop must not
 * wait. Names are looked up for each dial, because addresses change when machines are replaced.
 */
final class OffLoopResolver extends InetNameResolver {
  static AddressResolverGroup<InetSocketAddress> group() {
    return new AddressResolverGroup<>() {
      @Override
      protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new OffLoopResolver(executor).asAddressResolver();
      }
    };
  }

  private OffLoopResolver(EventExecutor executor) {
    super(executor);
  }

  @Override
  protected void doResolve(String host, Promise<InetAddress> promise) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      try {
        promise.setSuccess(InetAddress.getByAddress(host, literal));
      } catch (UnknownHostException e) {
        promise.setFailure(e);
      }
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        promise.trySuccess(InetAddress.getByName(host));
      } catch (UnknownHostException e) {
        promise.tryFailure(e);
      }
    });
  }

  @Override
  protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
    Promise<InetAddress> first = executor().newPromise();
    first.addListener(found -> {
      if (found.isSuccess()) {
        promise.trySuccess(List.of(first.getNow()));
      } else {
        promise.tryFailure(found.cause());
      }
    });
    doResolve(host, first);
  }
}

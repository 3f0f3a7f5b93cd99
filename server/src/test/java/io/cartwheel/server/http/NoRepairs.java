package io.cartwheel.server.http;

import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.port.NodeRepairs;
import io.cartwheel.core.ring.MemberId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A node that has nobody to compare itself with. */
final class NoRepairs implements NodeRepairs {
  @Override
  public RepairState state() {
    return new RepairState(true, 0, 0);
  }

  @Override
  public void start() {}

  CompletableFuture<SortedMap<MemberId, Optional<RepairState>>> surveyed(MemberId self) {
    var answers = new TreeMap<MemberId, Optional<RepairState>>();
    answers.put(self, Optional.of(state()));
    return CompletableFuture.completedFuture(answers);
  }
}

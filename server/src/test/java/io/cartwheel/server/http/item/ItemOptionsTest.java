package io.cartwheel.server.http.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.cartwheel.server.http.message.Target;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemOptionsTest {

  @Test
  void whatIsNotSaidIsLeftToTheBucketType() throws RefusedException {
    ItemOptions options = read("GET", "");
    assertThat(options.read().sloppy()).isEmpty();
    assertThat(options.read().nodeConfirms()).isZero();
    assertThat(options.write().sloppy()).isEmpty();
    assertThat(options.write().nodeConfirms()).isZero();
    assertThat(read("PUT", "?node_confirms=default")).isEqualTo(options);
  }

  @Test
  void whoMayStandInAndHowManyNodesConfirmGoesForReadsAndWrites() throws RefusedException {
    ItemOptions options = read("PUT", "?sloppy_quorum=false&node_confirms=3");
    assertThat(options.read().sloppy()).isEqualTo(Optional.of(false));
    assertThat(options.read().nodeConfirms()).isEqualTo(3);
    assertThat(options.write().sloppy()).isEqualTo(Optional.of(false));
    assertThat(options.write().nodeConfirms()).isEqualTo(3);
    assertThat(read("GET", "?sloppy_quorum=true").read().sloppy()).isEqualTo(Optional.of(true));
  }

  @Test
  void rwOfADeleteIsBothUnlessTheyAreGiven() throws RefusedException {
    ItemOptions options = read("DELETE", "?rw=all&w=1");
    assertThat(options.read().r()).isEqualTo(Quorum.ALL);
    assertThat(options.write().w()).isEqualTo(new Quorum.Exactly(1));
  }

  private static ItemOptions read(String method, String query) throws RefusedException {
    var target = Target.parse("/buckets/b/keys/k" + query);
    var head = new RequestHead(method, target, new DefaultHttpHeaders(), "1");
    return ItemOptions.read(head, BucketType.byDefault(), 5_000);
  }
}

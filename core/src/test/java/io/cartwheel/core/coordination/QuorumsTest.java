package io.cartwheel.core.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.BucketType.Limits;
import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.version.ConflictPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumsTest {
  private static final BucketType THREE = BucketType.byDefault();

  private static Quorum quorum(String text) {
    return Quorum.parse(text).orElseThrow();
  }

  private static Quorums.Read read(BucketType type, int owners, String r, String pr) {
    var options =
        new GetRequest.Options(
            quorum(r),
            quorum(pr),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    return Quorums.read(type, owners, options);
  }

  private static Quorums.Write write(BucketType type, int owners, String w, String dw, String pw) {
    return Quorums.write(
        type,
        owners,
        new PutRequest.Options(quorum(w), quorum(dw), quorum(pw), Optional.empty(), 0, 1, false));
  }

  private static BucketType withDw(String dw) {
    var quorums =
        new BucketType.Quorums(
            Quorum.QUORUM, Quorum.QUORUM, quorum(dw), Quorum.NONE, Quorum.NONE, true, false, true);
    return new BucketType("t", 3, quorums, ConflictPolicy.SIBLINGS, Fanout.QUORUM, Limits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "3, default, default, 2",
    "3, one, default, 1",
    "3, all, default, 3",
    "3, 2, default, 2",
    "3, one, 2, 2",
    "3, one, all, 3",
    "3, 0, 0, 1",
    "2, default, default, 2",
    "2, all, default, 2",
    "1, default, default, 1",
    "1, quorum, all, 1"
  })
  void aReadWaitsForTheLargerOfRAndPrAndAtLeastForOne(int owners, String r, String pr, int needed) {
    assertThat(read(THREE, owners, r, pr).r()).isEqualTo(needed);
  }

  @ParameterizedTest
  @CsvSource({
    "3, default, default, default, 2, 2, 0",
    "3, one, default, default, 1, 1, 0",
    "3, all, default, default, 3, 2, 0",
    "3, one, default, all, 3, 2, 3",
    "3, one, all, default, 3, 3, 0",
    "3, 2, 0, 0, 2, 0, 0",
    "3, 0, 0, 0, 1, 0, 0",
    "3, one, 2, 0, 2, 2, 0",
    "2, default, default, default, 2, 2, 0",
    "1, default, default, default, 1, 1, 0",
    "1, all, all, all, 1, 1, 1"
  })
  void aWriteWaitsForTheLargestOfWPwAndDwAndAnUnsetDwNeverExceedsW(
      int owners, String w, String dw, String pw, int needed, int durable, int primaries) {
    assertThat(write(THREE, owners, w, dw, pw))
        .isEqualTo(new Quorums.Write(owners, needed, durable, primaries, 0, true));
  }

  @ParameterizedTest
  @CsvSource({"all, one, 1", "all, all, 3", "0, all, 0", "one, all, 1"})
  void anUnsetDwIsTheTypesButNeverMoreThanW(String typesDw, String w, int durable) {
    assertThat(write(withDw(typesDw), 3, w, "default", "default").dw()).isEqualTo(durable);
  }

  @Test
  void aNumberAboveTheTypesNIsInvalidAndOneAboveTheOwnersThereAreIsUnavailable() {
    assertThat(Quorums.refusal(THREE, read(THREE, 3, "4", "0")))
        .containsInstanceOf(Failure.Invalid.class);
    assertThat(Quorums.refusal(THREE, write(THREE, 3, "one", "4", "0")))
        .containsInstanceOf(Failure.Invalid.class);
    assertThat(Quorums.refusal(THREE, read(THREE, 2, "one", "3")))
        .contains(new Failure.Unavailable(3, 2, false));
    assertThat(Quorums.refusal(THREE, write(THREE, 1, "2", "0", "0")))
        .contains(new Failure.Unavailable(2, 1, false));
    assertThat(Quorums.refusal(THREE, read(THREE, 3, "3", "0"))).isEmpty();
    assertThat(Quorums.refusal(THREE, write(THREE, 2, "all", "all", "all"))).isEmpty();
  }

  @Test
  void whatARequestSaysOfNotFoundGoesBeforeWhatItsTypeSays() {
    var options =
        new GetRequest.Options(
            Quorum.DEFAULT,
            Quorum.DEFAULT,
            Optional.empty(),
            0,
            Optional.of(false),
            Optional.of(true),
            Optional.empty(),
            1);

    assertThat(Quorums.read(THREE, 3, options))
        .isEqualTo(new Quorums.Read(3, 2, 0, 0, true, false, true));
    assertThat(Quorums.read(THREE, 3, GetRequest.Options.DEFAULT))
        .isEqualTo(new Quorums.Read(3, 2, 0, 0, true, true, false));
  }
}

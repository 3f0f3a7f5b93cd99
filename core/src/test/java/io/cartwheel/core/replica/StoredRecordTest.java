package io.cartwheel.core.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.GoldenFile;
import io.cartwheel.core.fixture.HostileBytes;
import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredRecordTest {
  @ParameterizedTest
  @CsvSource({
    "record-plain, 0, 0, 0",
    "record-epoch, 0x0102030405060708, 1, 0",
    "record-epoch-lost, -2, 300, -0x7FFFFFFFFFFFFFFF"
  })
  void aRecordIsEncodedAsEver(String name, String start, long first, String lossMark)
      throws MalformedException {
    Bytes golden = GoldenFile.read(name);
    VersionSet state = VersionSet.decode(GoldenFile.read("version-set"));
    Optional<Epoch> epoch =
        first == 0 ? Optional.empty() : Optional.of(new Epoch(Long.decode(start), first));
    var record = new StoredRecord(state, epoch, Long.decode(lossMark), List.of());

    assertThat(GoldenFile.hex(record.encode())).isEqualTo(GoldenFile.hex(golden));
    assertThat(StoredRecord.decode(golden)).isEqualTo(record);
  }

  @Test
  void aRecordSurvivesItsEncoding() {
    SeededCases.forEach(
        10_000,
        random -> {
          StoredRecord record = drawn(random);
          assertEquals(record, StoredRecord.decode(record.encode()));
        });
  }

  @Test
  void everyBitOfARecordFlippedOnceIsNoticed() {
    SeededCases.forEach(
        15,
        random -> {
          Bytes encoded = drawn(random).encode();
          for (int bit = 0; bit < encoded.length() * 8; bit++) {
            byte[] damaged = encoded.toArray();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertMalformed(Bytes.wrap(damaged));
          }
        });
  }

  /**
   * Whatever a disk makes of a record, the checksum tells, but for one case in four thousand
   * million.
   */
  @Test
  void hostileBytesAreMalformedAndNothingElse() {
    HostileBytes.feed(10_000, random -> drawn(random).encode(), StoredRecord::decode);
  }

  /** What the checksum does not guard against: bytes that were written wrong. */
  @Test
  void aRecordThatWasWrittenWrongIsMalformedToo() {
    HostileBytes.feed(
        10_000,
        random -> drawn(random).encode(),
        hostile -> StoredRecord.decode(withChecksum(hostile)));
  }

  @Test
  void unknownFlagsAndFormatsAreMalformed() {
    Bytes state = VersionSet.EMPTY.encoded();
    assertMalformed(withChecksum(new Encoder(32).u8(1).fixed32(0).u8(8).raw(state).toBytes()));
    assertMalformed(withChecksum(new Encoder(32).u8(2).fixed32(0).u8(0).raw(state).toBytes()));
  }

  private static Bytes withChecksum(Bytes record) {
    Bytes rest = record.slice(Math.min(5, record.length()), record.length());
    var to = new Encoder(record.length() + 5).u8(record.isEmpty() ? 1 : record.at(0));
    return to.fixed32(rest.checksum()).raw(rest).toBytes();
  }

  private static void assertMalformed(Bytes record) {
    assertThatThrownBy(() -> StoredRecord.decode(record)).isInstanceOf(MalformedException.class);
  }

  private static StoredRecord drawn(SplittableRandom random) {
    Optional<Epoch> epoch =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Epoch(random.nextLong(), random.nextLong()));
    return new StoredRecord(
        Drawn.state(random),
        epoch,
        random.nextBoolean() ? 0 : random.nextLong(),
        Drawn.members(random));
  }
}

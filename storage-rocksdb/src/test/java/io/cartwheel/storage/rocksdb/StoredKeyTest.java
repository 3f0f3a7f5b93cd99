package io.cartwheel.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.StorageEngine.Address;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoredKeyTest {
  /** What is on disk must be readable by every later version. */
  private static final String GOLDEN =
      "00000102" + "0764656661756c74" + "056361727473" + "03616c69";

  @Test
  void isThePartitionAndTheEncodedKey() throws MalformedException {
    var address = new Address(0x102, ItemKey.of("carts", "ali"));

    assertThat(HexFormat.of().formatHex(StoredKey.of(address))).isEqualTo(GOLDEN);
    assertThat(StoredKey.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(address);
  }

  @Test
  void isTheSameInAReusedArray() {
    byte[] reused = new byte[StoredKey.MAX_BYTES];
    new Random(1).nextBytes(reused);
    var address = new Address(9, longest());
    int length = StoredKey.encode(address, reused);

    assertThat(length).isEqualTo(StoredKey.MAX_BYTES);
    assertThat(Arrays.copyOf(reused, length)).isEqualTo(StoredKey.of(address));
  }

  @Test
  void sortsByPartitionAndThenByEncodedKey() {
    var inOrder = Comparator.comparingInt(Address::partition).thenComparing(a -> a.key().encoded());
    var random = new Random(7);
    var addresses =
        Stream.generate(() -> new Address(random.nextInt(300), randomKey(random)))
            .limit(5000)
            .toList();

    assertThat(addresses.stream().sorted(Comparator.comparing(StoredKeyTest::stored)).toList())
        .isEqualTo(addresses.stream().sorted(inOrder).toList());
  }

  @Test
  void liesBetweenThePrefixesOfItsPartitionAndTheNext() {
    for (int partition : new int[] {0, 1, 255, 256, 65_535, 1 << 24}) {
      Bytes key = stored(new Address(partition, longest()));

      assertThat(key).isGreaterThan(Bytes.wrap(StoredKey.prefixOf(partition)));
      assertThat(key).isLessThan(Bytes.wrap(StoredKey.prefixOf(partition + 1)));
    }
  }

  @Test
  void refusesAPartitionBelowZero() {
    assertThatThrownBy(() -> StoredKey.of(new Address(-1, ItemKey.of("b", "k"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesBytesThatAreNoKey() {
    assertThatThrownBy(() -> StoredKey.decode(new byte[] {0, 0, 0, 1, 9}))
        .isInstanceOf(MalformedException.class);
    byte[] trailing = Arrays.copyOf(HexFormat.of().parseHex(GOLDEN), GOLDEN.length() / 2 + 1);
    assertThatThrownBy(() -> StoredKey.decode(trailing)).isInstanceOf(MalformedException.class);
  }

  private static Bytes stored(Address address) {
    return Bytes.wrap(StoredKey.of(address));
  }

  private static ItemKey randomKey(Random random) {
    return new ItemKey(
        ItemKey.DEFAULT_TYPE, randomBytes(random, 3), randomBytes(random, 1 + random.nextInt(200)));
  }

  private static ItemKey longest() {
    var random = new Random(3);
    Bytes name = randomBytes(random, ItemKey.MAX_NAME_BYTES);
    return new ItemKey(name, name, randomBytes(random, ItemKey.MAX_KEY_BYTES));
  }

  private static Bytes randomBytes(Random random, int length) {
    byte[] array = new byte[length];
    random.nextBytes(array);
    return Bytes.wrap(array);
  }
}

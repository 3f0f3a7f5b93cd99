package io.cartwheel.core.ring;

import io.cartwheel.core.item.Encoder;

/**
 * A member's identity for ever; its name and addresses are labels that may change.
 *
 * @param value 64 bits, not 0
 */
public record MemberId(long value) implements Comparable<MemberId> {
  public MemberId {
    if (value == 0) {
      throw new IllegalArgumentException("member id 0 means none");
    }
  }

  /** The id of a member that was there at genesis: the hash of cluster id and name. */
  public static MemberId atGenesis(long clusterId, String name) {
    long id = new Encoder(64).fixed64(clusterId).text(name).toBytes().hash().high();
    return new MemberId(id == 0 ? 1 : id);
  }

  @Override
  public int compareTo(MemberId that) {
    return Long.compareUnsigned(value, that.value);
  }

  @Override
  public String toString() {
    return "%016x".formatted(value);
  }
}

package io.cartwheel.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class FaultTest {
  private static RocksDBException ioError(String message, Status.SubCode subCode) {
    return new RocksDBException(message, new Status(Status.Code.IOError, subCode, message));
  }

  @Test
  void anErrorOfTheDiskIsFinal() {
    assertThat(Fault.of(ioError("fsync: Input/output error", Status.SubCode.None)))
        .isEqualTo(Fault.BROKEN);
  }

  @Test
  void aFullDiskIsNot() {
    assertThat(Fault.of(ioError("No space left on device", Status.SubCode.NoSpace)))
        .isEqualTo(Fault.FULL);
  }
}

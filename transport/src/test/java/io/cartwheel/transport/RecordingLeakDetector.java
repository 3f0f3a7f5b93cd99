package io.cartwheel.transport;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Remembers the buffers that were collected before anybody released them; named to Netty by a
 * system property of the build.
 *
 * @param <T> what is looked after
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {
  static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  @SuppressWarnings("deprecation") // Netty calls one of these signatures, deprecated or not.
  public RecordingLeakDetector(Class<?> resource, int samplingInterval) {
    super(resource, samplingInterval);
  }

  @SuppressWarnings("deprecation")
  public RecordingLeakDetector(Class<?> resource, int samplingInterval, long maxActive) {
    super(resource, samplingInterval, maxActive);
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    LEAKS.add(resourceType + records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    LEAKS.add(resourceType);
  }
}

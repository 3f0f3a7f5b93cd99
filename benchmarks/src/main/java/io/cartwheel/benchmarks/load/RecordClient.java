package io.cartwheel.benchmarks.load;

import io.cartwheel.benchmarks.http.Answer;
import io.cartwheel.benchmarks.http.ItemRequests;
import io.cartwheel.benchmarks.http.Link;
import io.cartwheel.benchmarks.http.Outcome;
import java.util.function.Consumer;

/** One thread's reads and updates of records, by the contexts that all threads share. */
final class RecordClient implements AutoCloseable {
  private static final int NOT_FOUND = 404;

  private final Link link;
  private final ItemRequests requests;
  private final Values values;
  private final Contexts contexts;

  RecordClient(Link link, ItemRequests requests, Values values, Contexts contexts) {
    this.link = link;
    this.requests = requests;
    this.values = values;
    this.contexts = contexts;
  }

  Link link() {
    return link;
  }

  Outcome read(int record) {
    String before = contexts.of(record);
    Outcome outcome = link.exchange(node -> requests.get(record, node));
    if (outcome instanceof Answer answer && mayBeWritten(answer)) {
      contexts.read(record, before, answer.context());
    }
    return outcome;
  }

  /**
   * Replaces a record's value.
   *
   * @param readFirst is told how the read went that had to come first, if one had to
   */
  Outcome update(int record, Consumer<Outcome> readFirst) {
    String context = contexts.of(record);
    if (!context.isEmpty()) {
      return write(record, context);
    }
    Outcome read = read(record);
    readFirst.accept(read);
    if (!(read instanceof Answer answer) || !mayBeWritten(answer)) {
      return read;
    }
    String newest = contexts.of(record);
    return write(record, newest.isEmpty() ? answer.context() : newest);
  }

  /** Makes a record; one that is there from before gets one value again, not one more sibling. */
  Outcome create(int record) {
    Outcome outcome = write(record, Contexts.UNKNOWN);
    boolean isAlone = !contexts.of(record).isEmpty();
    return isAlone || !isSuccess(outcome) ? outcome : update(record, read -> {});
  }

  private Outcome write(int record, String context) {
    Outcome outcome = link.exchange(node -> requests.put(record, node, context, values.next()));
    boolean shown = outcome instanceof Answer answer && answer.isSuccess();
    contexts.wrote(record, shown ? ((Answer) outcome).context() : Contexts.UNKNOWN);
    return outcome;
  }

  static boolean isSuccess(Outcome outcome) {
    return outcome instanceof Answer answer && answer.isSuccess();
  }

  private static boolean mayBeWritten(Answer answer) {
    return answer.isSuccess() || answer.status() == NOT_FOUND;
  }

  @Override
  public void close() {
    link.close();
  }
}

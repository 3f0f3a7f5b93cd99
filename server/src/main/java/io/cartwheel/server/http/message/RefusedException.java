package io.cartwheel.server.http.message;

/** A request that is refused while it is read; it carries the answer, and no stack trace. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RefusedException(Problem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  public static RefusedException badRequest(String message) {
    return new RefusedException(Problem.badRequest(message));
  }

  public Problem problem() {
    return problem;
  }
}

package io.cartwheel.simulator.mutants;

import java.util.List;

/**
 * A deliberate bug: a class of the core with some of its text replaced.
 *
 * @param name the bug in a few words
 * @param className the class that has it
 * @param patches what is replaced; each must be found exactly once
 * @param faults those that it takes to show, and no others; none: each seed draws its own
 * @param firstSeed where to look first: for bugs that show in few seeds
 */
record Mutant(
    String name, String className, List<Patch> patches, List<String> faults, long firstSeed) {

  /** One replacement. */
  record Patch(String find, String replacement) {}

  Mutant(String name, String className, List<Patch> patches) {
    this(name, className, patches, List.of(), 1);
  }

  static Mutant of(String name, String className, String find, String replacement) {
    return new Mutant(name, className, List.of(new Patch(find, replacement)));
  }

  /** The same bug, which takes these faults to show. */
  Mutant under(long seed, String... needed) {
    return new Mutant(name, className, patches, List.of(needed), seed);
  }

  String applyTo(String source) {
    String patched = source;
    for (Patch patch : patches) {
      int at = patched.indexOf(patch.find());
      if (at < 0 || patched.indexOf(patch.find(), at + 1) >= 0) {
        throw new IllegalStateException(
            "mutant '" + name + "' does not fit " + className + " any more: " + patch.find());
      }
      patched = patched.replace(patch.find(), patch.replacement());
    }
    return patched;
  }

  @Override
  public String toString() {
    return name;
  }
}

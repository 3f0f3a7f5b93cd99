package io.cartwheel.core.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds when a class does nothing that could differ between two runs from one seed: no I/O, no
 * threads, no time or randomness but through ports, no collection whose order changes.
 *
 * <p>What the compiler adds by itself (lambdas, string concatenation, the methods of records and
 * enums) is free of all that. Hashed collections are fine where an order goes with them: {@code
 * LinkedHashMap}, or a collector that is told which map to make.
 */
final class Determinism extends ArchCondition<JavaClass> {
  private static final List<String> PACKAGES =
      List.of("java.io", "java.net", "java.nio", "java.util.concurrent", "java.util.random");

  private static final Set<String> ALLOWED_TYPES =
      Set.of(
          "java.nio.Buffer",
          "java.nio.BufferOverflowException",
          "java.nio.BufferUnderflowException",
          "java.nio.ByteBuffer",
          "java.nio.ByteOrder",
          "java.nio.CharBuffer");

  private static final Set<String> TYPES =
      Set.of(
          "java.lang.InheritableThreadLocal",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Thread",
          "java.lang.ThreadGroup",
          "java.lang.ThreadLocal",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.util.Date",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer");

  private static final Set<String> UNORDERED =
      Set.of(
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Hashtable",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap");

  private static final Set<String> METHODS =
      Set.of(
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.identityHashCode",
          "java.lang.System.nanoTime",
          "java.util.Collections.shuffle",
          "java.util.HashMap.newHashMap",
          "java.util.HashSet.newHashSet",
          "java.util.Map.copyOf",
          "java.util.Map.of",
          "java.util.Map.ofEntries",
          "java.util.Set.copyOf",
          "java.util.Set.of",
          "java.util.UUID.randomUUID",
          "java.util.stream.Collectors.toSet",
          "java.util.stream.Collectors.toUnmodifiableMap",
          "java.util.stream.Collectors.toUnmodifiableSet");

  private static final Set<String> COLLECTORS =
      Set.of("java.util.stream.Collectors.groupingBy", "java.util.stream.Collectors.toMap");

  Determinism() {
    super("be deterministic");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
      if (isForbidden(dependency.getTargetClass().getBaseComponentType())) {
        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
      }
    }
    Stream.of(item.getCodeUnitCallsFromSelf(), item.getCodeUnitReferencesFromSelf())
        .<JavaCodeUnitAccess<?>>flatMap(Set::stream)
        .filter(access -> isForbidden(access.getTarget()))
        .forEach(
            access -> events.add(SimpleConditionEvent.violated(item, access.getDescription())));
  }

  private static boolean isForbidden(JavaClass type) {
    String name = type.getName();
    return TYPES.contains(name)
        || (PACKAGES.stream().anyMatch(banned -> name.startsWith(banned + "."))
            && !ALLOWED_TYPES.contains(name)
            && !name.startsWith("java.nio.charset."));
  }

  private static boolean isForbidden(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    String method = owner + "." + target.getName();
    return (target.getName().equals("<init>") && UNORDERED.contains(owner))
        || (target.getName().equals("now") && owner.startsWith("java.time."))
        || METHODS.contains(method)
        || (COLLECTORS.contains(method) && !isToldWhichMap(target));
  }

  private static boolean isToldWhichMap(CodeUnitAccessTarget target) {
    return target.getRawParameterTypes().stream()
        .anyMatch(type -> type.getName().equals("java.util.function.Supplier"));
  }
}

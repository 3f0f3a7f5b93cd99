package io.cartwheel.core.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/**
 * Holds when a class depends on its own package and lower ones only, and its package has a rank.
 */
final class PackageDirection extends ArchCondition<JavaClass> {
  private static final List<String> LOWEST_FIRST =
      List.of(
          "item",
          "version",
          "merkle",
          "bucket",
          "ring",
          "membership",
          "message",
          "port",
          "overload",
          "background",
          "replica",
          "coordination",
          "handoff",
          "antientropy",
          "forgetting",
          "node");

  private final String root;

  /**
   * @param root the package whose subpackages are ranked
   */
  PackageDirection(String root) {
    super("depend on lower packages only: %s", String.join(" < ", LOWEST_FIRST));
    this.root = root + ".";
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    int own = rank(item);
    if (own < 0) {
      violated(item, item.getName() + " is in a package without a rank", events);
      return;
    }
    for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (target.getPackageName().startsWith(root) && rank(target) > own) {
        violated(item, dependency.getDescription(), events);
      }
    }
  }

  private int rank(JavaClass type) {
    String below = type.getPackageName().substring(root.length());
    int dot = below.indexOf('.');
    return LOWEST_FIRST.indexOf(dot < 0 ? below : below.substring(0, dot));
  }

  private static void violated(JavaClass item, String why, ConditionEvents events) {
    events.add(SimpleConditionEvent.violated(item, why));
  }
}

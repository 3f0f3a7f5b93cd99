package io.cartwheel.core.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import io.cartwheel.core.architecture.fixture.attic.Unranked;
import io.cartwheel.core.architecture.fixture.ring.Upper;
import io.cartwheel.core.architecture.fixture.version.Climbing;
import io.cartwheel.core.architecture.fixture.version.Lower;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String FIXTURE = "io.cartwheel.core.architecture.fixture";

  @Test
  void lowerPackagesNeverDependOnHigherOnes() {
    check(production(), new PackageDirection("io.cartwheel.core"));
  }

  @Test
  void coreIsDeterministic() {
    check(production(), new Determinism());
  }

  @Test
  void aHigherPackageMayDependOnALowerOne() {
    assertThat(violations(new PackageDirection(FIXTURE), Upper.class, Lower.class)).isEmpty();
  }

  @Test
  void aLowerPackageThatDependsOnAHigherOneIsFound() {
    assertThat(violations(new PackageDirection(FIXTURE), Climbing.class))
        .anySatisfy(violation -> assertThat(violation).contains("Climbing").contains("Upper"));
  }

  @Test
  void aPackageWithoutARankIsFound() {
    assertThat(violations(new PackageDirection(FIXTURE), Unranked.class))
        .singleElement()
        .asString()
        .contains("without a rank");
  }

  @Test
  void whatTheCompilerAddsIsNotTakenForNondeterminism() {
    assertThat(violations(new Determinism(), Deterministic.class, Deterministic.Colour.class))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void nondeterminismIsFound(Class<?> culprit) {
    assertThat(violations(new Determinism(), culprit)).isNotEmpty();
  }

  static Stream<Class<?>> nondeterminismIsFound() {
    return Stream.of(Nondeterministic.class.getDeclaredClasses());
  }

  private static JavaClasses production() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("io.cartwheel.core");
  }

  private static void check(JavaClasses imported, ArchCondition<JavaClass> condition) {
    classes().should(condition).check(imported);
  }

  private static List<String> violations(ArchCondition<JavaClass> condition, Class<?>... culprits) {
    JavaClasses imported = new ClassFileImporter().importClasses(culprits);
    return classes().should(condition).evaluate(imported).getFailureReport().getDetails();
  }
}

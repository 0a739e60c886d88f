package io.weir.cluster;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.weir.cluster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule standsOnTheJobsAndTheContractOfTheStore =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackages("io.weir..")
                  .or(resideInAnyPackage("io.weir.cluster..", "io.weir.jobs.."))
                  .or(resideInAnyPackage("io.weir.operators.epoch.."))
                  .or(resideInAnyPackage("io.weir.consensus", "io.weir.consensus.http"))
                  .or(resideInAnyPackage("io.weir.consensus.log")));

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("io.weir.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.weir.cluster.cli")
          .should()
          .callMethod(System.class, "exit", int.class);
}

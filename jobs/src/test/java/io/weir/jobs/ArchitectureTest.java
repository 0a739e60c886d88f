package io.weir.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.weir.jobs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule standsOnTheOperatorsAndTheContractOfTheStore =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackages("io.weir..")
                  .or(resideInAnyPackage("io.weir.jobs..", "io.weir.operators.."))
                  .or(resideInAnyPackage("io.weir.consensus", "io.weir.consensus.http")));

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("io.weir.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheCommandLineAndThePrintSinkPrint =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.weir.jobs.cli", "io.weir.jobs.connectors..")
          .should(accessField(System.class, "out").or(accessField(System.class, "err")));

  @ArchTest
  static final ArchRule onlyProgramsEndTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.weir.jobs.cli")
          .should()
          .callMethod(System.class, "exit", int.class);
}

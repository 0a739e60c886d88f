package io.weir.consensus.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.weir.consensus.server",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule standsOnTheContractOnly =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackages("io.weir..").or(resideInAnyPackage("io.weir.consensus..")));

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("io.weir.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule knowsNothingOfFlink =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule onlyTheRaftBackendKnowsAtomix =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.weir.consensus.server.raft..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.atomix..");
}

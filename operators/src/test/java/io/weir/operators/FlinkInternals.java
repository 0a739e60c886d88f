package io.weir.operators;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.Experimental;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;

/** Finds what code touches of Flink that Flink does not promise to keep. */
public final class FlinkInternals {

  private FlinkInternals() {}

  /** Names below {@code org.apache.flink} that the classes of a package and below it depend on. */
  public static Set<String> touchedBy(String packageName) {
    Set<String> touched = new TreeSet<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packageName)
            .stream()
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith("org.apache.flink"))
            .filter(target -> !isPromised(target))
            .forEach(
                target -> touched.add(target.getName().substring("org.apache.flink.".length())));
    return touched;
  }

  private static boolean isPromised(JavaClass target) {
    JavaClass outermost = target;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.isAnnotatedWith(Public.class)
        || outermost.isAnnotatedWith(PublicEvolving.class)
        || outermost.isAnnotatedWith(Experimental.class);
  }
}

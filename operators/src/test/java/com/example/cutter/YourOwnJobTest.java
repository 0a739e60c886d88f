package com.example.cutter;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/your-own-job.md says what {@link CutterJob} does, and names what it may use. */
class YourOwnJobTest {

  private static final Path PAGE = Path.of("../docs/your-own-job.md");
  private static final Path EXAMPLE = Path.of("src/test/java/com/example/cutter/CutterJob.java");
  private static final int MOST_LINES = 100;

  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("\\| `(io\\.weir[a-z.]*)` \\| (.*) \\|");
  private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w*)`");

  @Test
  void showsTheExampleAsItIs() throws IOException {
    String example = stripped(Files.readString(EXAMPLE));
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      blocks.add(stripped(matcher.group(1)));
    }

    assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(example).contains(block));
    assertThat(Files.readAllLines(EXAMPLE)).hasSizeLessThan(MOST_LINES);
  }

  // Without indentation and empty lines.
  private static String stripped(String source) {
    return source
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void namesTypesThatEverybodyMayUse() throws Exception {
    for (String name : publicTypes()) {
      assertThat(Modifier.isPublic(Class.forName(name).getModifiers())).as(name).isTrue();
    }
  }

  @Test
  void namesAllThatTheExampleUses() throws IOException {
    Set<String> used = new TreeSet<>();
    new ClassFileImporter()
        .importClasses(CutterJob.class, CutterJob.LimitsType.class, CutterJob.Cut.class).stream()
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType().getName())
            .filter(name -> name.startsWith("io.weir"))
            .forEach(used::add);

    assertThat(used).isNotEmpty();
    assertThat(publicTypes()).containsAll(used);
  }

  private static Set<String> publicTypes() throws IOException {
    Set<String> types = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(PAGE));
    while (row.find()) {
      String inPackage = row.group(1);
      TYPE.matcher(row.group(2))
          .results()
          .forEach(type -> types.add(inPackage + "." + type.group(1)));
    }
    return types;
  }
}

package io.weir.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What the job jar says it is made of is what it is made of, with every licence named. */
@DisabledIfSystemProperty(
    named = "weir.maven",
    matches = "offline=true",
    disabledReason = "Maven is offline and makes no bill of materials then")
class JobJarMaterialsIT {

  private static final Path JAR = Path.of("target", "weir-jobs.jar");
  private static final Path CLASS_PATH = Path.of("target", "runtime.classpath");
  private static final String OURS = "io.weir";
  private static final Set<String> APACHE = Set.of("Apache-2.0");

  /** In the bill since libraries need it, and not in the jar since Flink has it. */
  private static final String OF_FLINK = "slf4j-api";

  /** Where the POM says nothing, what the LICENSE in the library's own jar says. */
  private static final Map<String, Set<String>> SAID_IN_THE_JAR =
      Map.of("org.apache.datasketches:datasketches-memory", APACHE);

  /** In NOTICE: "- Name (group:artifact): licence, address". */
  private static final Pattern NOTICED =
      Pattern.compile("(?m)^- [^(]*\\(([^:)]+:[^)]+)\\): [^,]+,");

  private static String text(String entry) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return new String(
          jar.getInputStream(jar.getJarEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Licences by group and artifact. */
  private static Map<String, Set<String>> billed() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(text("META-INF/sbom/weir-jobs.cdx.json"));
    Map<String, Set<String>> billed = new TreeMap<>();
    for (JsonNode component : bill.get("components")) {
      if (component.get("name").asText().equals(OF_FLINK)) {
        continue;
      }
      Set<String> licences = new TreeSet<>();
      for (JsonNode licence : component.path("licenses")) {
        licences.add(
            licence.has("expression")
                ? licence.get("expression").asText()
                : licence.at("/license/id").asText(licence.at("/license/name").asText()));
      }
      String library = component.get("group").asText() + ":" + component.get("name").asText();
      billed.put(
          library, licences.isEmpty() ? SAID_IN_THE_JAR.getOrDefault(library, Set.of()) : licences);
    }
    return billed;
  }

  /** The files that the shade plugin put in, by name and version as Maven has them. */
  private static Set<String> bundled() throws IOException {
    return Pattern.compile(":")
        .splitAsStream(Files.readString(CLASS_PATH))
        .map(entry -> String.valueOf(Path.of(entry).getFileName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> noticed() throws IOException {
    return NOTICED
        .matcher(text("META-INF/NOTICE"))
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theBillNamesEveryBundledLibraryAndNoOther() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(text("META-INF/sbom/weir-jobs.cdx.json"));
    Set<String> files = new TreeSet<>();
    for (JsonNode component : bill.get("components")) {
      if (!component.get("name").asText().equals(OF_FLINK)) {
        files.add(
            component.get("name").asText() + "-" + component.get("version").asText() + ".jar");
      }
    }

    assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(files).isEqualTo(bundled()).hasSizeGreaterThan(30);
  }

  @Test
  void everyLibraryHasALicence() throws IOException {
    assertThat(billed().entrySet()).allSatisfy(each -> assertThat(each.getValue()).isNotEmpty());
  }

  /** NOTICE says that whatever it does not name is under the Apache License 2.0. */
  @Test
  void theNoticeNamesEveryLibraryUnderAnotherLicence() throws IOException {
    Set<String> others = new TreeSet<>();
    billed()
        .forEach(
            (library, licences) -> {
              if (!library.startsWith(OURS) && !licences.equals(APACHE)) {
                others.add(library);
              }
            });

    assertThat(noticed()).isEqualTo(others);
  }

  /** Where a library was fetched from is no matter of ours. */
  @Test
  void theBillNamesNoPlaceOfDownloads() throws IOException {
    assertThat(text("META-INF/sbom/weir-jobs.cdx.json")).doesNotContain("maven2", "\"distribution");
  }
}

package io.weir.jobs.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The jars that the lib folder of a Flink distribution holds: some modules of Flink, the logging,
 * and whatever these need at run time by their Maven descriptions. They are taken from the class
 * path of the tests, where Maven has settled the versions; what else is there (the job jar's
 * libraries, the embedded servers, the test libraries, this project's classes) is left out.
 */
final class FlinkLib {

  private static final List<Path> DELIVERED =
      Stream.of(
              "org/apache/flink/flink-clients",
              "org/apache/flink/flink-streaming-java",
              "org/apache/flink/flink-runtime-web",
              "org/apache/flink/flink-statebackend-rocksdb",
              "org/apache/flink/flink-connector-base",
              "org/apache/flink/flink-connector-files",
              "org/apache/logging/log4j/log4j-slf4j-impl",
              "org/apache/logging/log4j/log4j-core")
          .map(Path::of)
          .toList();

  private static final String NEEDED_AT_RUN_TIME =
      "/project/dependencies/dependency[not(optional = 'true')"
          + " and (not(scope) or scope = 'compile' or scope = 'runtime')]";

  private final List<Path> classPath =
      Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
          .map(Path::of)
          .toList();
  private final Set<Path> jars = new LinkedHashSet<>();

  private FlinkLib() {}

  static List<Path> jars() {
    FlinkLib lib = new FlinkLib();
    for (Path module : DELIVERED) {
      if (!lib.add(module)) {
        throw new IllegalStateException(module + " is not on the class path: " + lib.classPath);
      }
    }
    return List.copyOf(lib.jars);
  }

  /**
   * Adds a module with all that it needs.
   *
   * @param module group and artifact, as the path that they are in a Maven repository
   * @return false if the build has left it out
   */
  private boolean add(Path module) {
    Optional<Path> jar = classPath.stream().filter(entry -> isJarOf(module, entry)).findFirst();
    if (jar.isPresent() && jars.add(jar.get())) {
      needsOf(jar.get()).forEach(this::add);
    }
    return jar.isPresent();
  }

  /** Whether an entry is the main jar of a module, not one with a classifier. */
  private static boolean isJarOf(Path module, Path entry) {
    Path version = entry.getParent();
    return version != null
        && version.getParent() != null
        && version.getParent().endsWith(module)
        && entry.endsWith(module.getFileName() + "-" + version.getFileName() + ".jar");
  }

  private static List<Path> needsOf(Path jar) {
    String name = String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", ".pom");
    Path pom = jar.resolveSibling(name);
    try {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
      Object found =
          XPathFactory.newInstance()
              .newXPath()
              .evaluate(NEEDED_AT_RUN_TIME, document, XPathConstants.NODESET);
      return modules((NodeList) found);
    } catch (IOException
        | SAXException
        | ParserConfigurationException
        | XPathExpressionException e) {
      throw new IllegalStateException("cannot read " + pom, e);
    }
  }

  private static List<Path> modules(NodeList dependencies) {
    List<Path> modules = new ArrayList<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      modules.add(
          Path.of(text(dependency, "groupId").replace('.', '/'), text(dependency, "artifactId")));
    }
    return modules;
  }

  private static String text(Element parent, String child) {
    return parent.getElementsByTagName(child).item(0).getTextContent().strip();
  }
}

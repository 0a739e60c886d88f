package io.weir.jobs.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A jar of a main class alone: all else is in the cluster's class path, which is the test's. */
final class JarFile {

  private JarFile() {}

  static Path write(Path file, Class<?> main) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
    String entry = main.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream bytes =
            Objects.requireNonNull(JarFile.class.getResourceAsStream("/" + entry))) {
      jar.putNextEntry(new JarEntry(entry));
      bytes.transferTo(jar);
    }
    return file;
  }
}

package io.weir.benchmarks.store.sides;

import io.weir.consensus.server.certificates.CertificateFolder;
import io.weir.consensus.server.certificates.CertificateMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** The peers get certificates of the same kind as Weir's nodes, by the same maker. */
final class Certificates {

  private Certificates() {}

  /** Makes the folder of a side, and the certificates of its nodes in it. */
  static CertificateFolder make(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new CertificateMaker(new SecureRandom(), Instant.now())
        .make(
            folder.resolve("certificates"),
            Side.NODES.stream().map(node -> new CertificateMaker.Node(node, List.of())).toList());
  }
}

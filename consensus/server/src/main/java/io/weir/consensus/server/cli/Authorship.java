package io.weir.consensus.server.cli;

import picocli.CommandLine.Option;

/** {@code --reason} and {@code --author}: what every change knows. */
final class Authorship {

  @Option(
      names = "--reason",
      defaultValue = "",
      paramLabel = "<text>",
      description = "Why, for the history.")
  private String reason = "";

  @Option(
      names = "--author",
      paramLabel = "<name>",
      defaultValue = "${sys:user.name}",
      description = "Who, noted beside the token's name; default: the user of this system.")
  private String author = "";

  String reason() {
    return reason;
  }

  String author() {
    return author;
  }
}

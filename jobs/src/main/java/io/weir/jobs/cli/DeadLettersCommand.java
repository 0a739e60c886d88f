package io.weir.jobs.cli;

import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.letters.FileReplay;
import io.weir.jobs.letters.Letter;
import io.weir.jobs.letters.LetterCounts;
import io.weir.jobs.letters.LettersOfJob;
import io.weir.jobs.letters.MendedFile;
import io.weir.jobs.letters.TopicReplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir dead-letters}: what a job refused. Each method is one sub-command. */
@Command(
    name = "dead-letters",
    description = {
      "Counts, shows, exports and replays the records that a job refused.",
      "Where they lie, in a topic or in files, is read from the job's settings; they stay there."
    },
    synopsisSubcommandLabel = "<command>",
    footer = {
      "",
      "To mend them: export into a file, correct the texts in it, replay that file. Each letter"
          + " goes out once, however often the file is replayed."
    })
final class DeadLettersCommand implements Runnable {

  private final UnaryOperator<@Nullable String> environment;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  DeadLettersCommand(UnaryOperator<@Nullable String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  CommandLine commandLine() {
    CommandLine command = WeirCommand.withHelp(new CommandLine(this));
    command.getSubcommands().values().forEach(WeirCommand::withHelp);
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  @Command(name = "list", description = "Counts them by reason, with an example of each.")
  int list(@Mixin SettingsOptions settings) throws IOException {
    LetterCounts counts = new LetterCounts();
    letters(settings).place().read(counts);
    PrintWriter out = out();
    out.printf("%-12s %12s %14s  %s%n", "reason", "letters", "bytes", "example");
    counts
        .byReason()
        .forEach(
            (reason, count) ->
                out.printf(
                    "%-12s %,12d %,14d  %s: %s%n",
                    reason,
                    count.letters(),
                    count.bytes(),
                    count.example(),
                    oneLine(count.detail())));
    return written();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  @Command(
      name = "show",
      description = "Prints one: what was wrong, then its text, or base64 where it is none.")
  int show(
      @Mixin SettingsOptions settings,
      @Parameters(paramLabel = "ID", description = "As in the list: origin@position/reason.")
          String id)
      throws IOException {
    Letter[] found = new Letter[1];
    letters(settings).place().read(letter -> found[0] = letter.id().equals(id) ? letter : found[0]);
    Letter letter = found[0];
    if (letter == null) {
      throw new IOException("there is no dead letter " + id);
    }
    PrintWriter out = out();
    out.println("reason    " + letter.reason());
    out.println("detail    " + oneLine(letter.detail()));
    out.println("origin    " + letter.origin());
    out.println("position  " + letter.position());
    out.println("bytes     " + letter.bytes().length);
    out.println();
    out.println(letter.text().orElseGet(() -> Base64.getEncoder().encodeToString(letter.bytes())));
    return written();
  }

  @Command(
      name = "export",
      description = {
        "Writes them into a new file to mend them in: a line of JSON each.",
        "Correct text (or base64) and delete the lines that are not to be replayed; leave reason,"
            + " origin and position, which say what letter it is."
      })
  int export(
      @Mixin SettingsOptions settings,
      @Parameters(paramLabel = "FILE", description = "Must not exist.") Path file,
      @Option(
              names = "--reason",
              paramLabel = "<reason>",
              description = "Only these; may be given several times.")
          Set<String> reasons)
      throws IOException {
    LettersOfJob letters = letters(settings);
    long count = MendedFile.write(file, reader -> letters.place().read(only(reasons, reader)));
    out().printf("%s: %,d letters%n", file, count);
    out().flush();
    return ExitCode.OK;
  }

  private static Consumer<Letter> only(@Nullable Set<String> reasons, Consumer<Letter> reader) {
    return letter -> {
      if (reasons == null || reasons.isEmpty() || reasons.contains(letter.reason())) {
        reader.accept(letter);
      }
    };
  }

  @Command(
      name = "replay",
      description = {
        "Sends the records of an exported file to the topic that the job reads, or into a file.",
        "Each letter once: what was sent is marked in the topic TOPIC.replayed, in the same"
            + " transaction. Readers must read committed records only, as Weir's do.",
        "Late records are late again for the job that refused them."
      })
  int replay(
      @Mixin SettingsOptions settings,
      @Parameters(paramLabel = "FILE", description = "Of export, mended.") Path file,
      @Option(names = "--topic", paramLabel = "<name>", description = "Default: the job's own.")
          Optional<String> topic,
      @Option(
              names = "--to-file",
              paramLabel = "<file>",
              description = "A new file of lines instead, for a job that reads files.")
          Optional<Path> target)
      throws IOException {
    if (target.isPresent() && topic.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--topic and --to-file exclude each other");
    }
    if (target.isPresent()) {
      out().printf("%s: %,d records%n", target.get(), FileReplay.write(file, target.get()));
    } else {
      TopicReplay.Outcome outcome = letters(settings).replay(topic, clock).send(file);
      out().printf("%,d sent, %,d left out: sent before%n", outcome.sent(), outcome.left());
    }
    out().flush();
    return ExitCode.OK;
  }

  private int written() throws IOException {
    if (out().checkError()) {
      throw new IOException("the output could not be written");
    }
    return ExitCode.OK;
  }

  private LettersOfJob letters(SettingsOptions settings) {
    return LettersOfJob.read(settings.file(), settings.overrides(), environment);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

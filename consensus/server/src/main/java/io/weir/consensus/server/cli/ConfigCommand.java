package io.weir.consensus.server.cli;

import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException.InvalidRequest;
import io.weir.consensus.StoreException.UnknownJob;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.runs.Forks;
import io.weir.consensus.server.runs.JobStatus;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code weir config}: the jobs' live configuration. Each method is one sub-command; what the store
 * refuses is printed by {@link ConsensusCommand}.
 */
@Command(
    name = "config",
    description = "Reads and changes the live configuration of jobs.",
    synopsisSubcommandLabel = "<command>",
    footer = {
      "",
      "Without a store: weir config preview JOB FILE --input DATA says what a document would do.",
      "",
      "Exit codes: 0 done, 1 failed or refused, 2 wrong usage, 3 the job is at another version than"
          + " expected."
    })
final class ConfigCommand implements Runnable {

  private final Connection connection;
  private final DocumentInput input;
  private final StoreUse store;

  @Spec private CommandSpec spec = CommandSpec.create();

  ConfigCommand(Connection connection, InputStream input) {
    this.connection = connection;
    this.input = new DocumentInput(input);
    this.store = new StoreUse(connection, () -> spec.commandLine().getOut());
  }

  /** With the sub-commands that are too large for a method. */
  CommandLine commandLine() {
    return new CommandLine(this)
        .addSubcommand(new BackupCommand(connection, InstantSource.system()))
        .addSubcommand(new RestoreCommand(connection));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  @Command(name = "jobs", description = "Lists the jobs that have a configuration.")
  int jobs(@Mixin StoreOption at, @Mixin Output output) {
    return store.with(at, open -> output.of(store.out()).jobs(open.jobs().join()));
  }

  @Command(
      name = "get",
      description = "Prints a job's document as it was written; with --output, all about it.")
  int get(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Parameters(paramLabel = "JOB") String job,
      @Option(
              names = "--version",
              paramLabel = "<number>",
              defaultValue = "0",
              description = "Which; default: the newest.")
          long version,
      @Option(
              names = "--local",
              description = "What one node knows by itself: works without a majority.")
          boolean local) {
    if (local && version != 0) {
      throw new ParameterException(
          spec.commandLine(), "--local reads the newest version; leave out --version");
    }
    return store.with(at, open -> output.of(store.out()).document(read(open, job, version, local)));
  }

  private static Revision read(HttpStore store, String job, long version, boolean local) {
    if (version == 0) {
      return (local ? store.readLocal(job) : store.read(job)).join();
    }
    return store.history(job, version, 1).join().stream()
        .filter(revision -> revision.version() == version)
        .findFirst()
        .orElseThrow(() -> new InvalidRequest("job '" + job + "' has no version " + version));
  }

  @Command(
      name = "set",
      description = {
        "Proposes a document as the job's next version.",
        "Without --expect, the version that is the newest now is expected."
      })
  int set(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Mixin Authorship by,
      @Parameters(paramLabel = "JOB") String job,
      @Parameters(paramLabel = "FILE", description = "YAML or JSON; - is standard input.")
          String file,
      @Option(names = "--expect", paramLabel = "<version>", description = "0: the job is new.")
          Optional<Long> expect,
      @Option(names = "--dry-run", description = "Checks, and changes nothing.") boolean dryRun) {
    String document = input.text(file);
    return store.with(
        at,
        open -> {
          Proposal proposal = proposal(open, job, expect, new Change.Set(document), by);
          if (dryRun) {
            open.check(proposal).join();
            output.of(store.out()).wouldBecome(job, proposal.expectedVersion() + 1);
          } else {
            output.of(store.out()).changed(open.propose(proposal).join());
          }
        });
  }

  @Command(name = "rollback", description = "Makes the document of an older version the next one.")
  int rollback(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Mixin Authorship by,
      @Parameters(paramLabel = "JOB") String job,
      @Parameters(paramLabel = "VERSION") long version,
      @Option(names = "--expect", paramLabel = "<version>") Optional<Long> expect) {
    return change(at, output, by, job, expect, new Change.Rollback(version));
  }

  @Command(name = "delete", description = "Makes a tombstone the next version.")
  int delete(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Mixin Authorship by,
      @Parameters(paramLabel = "JOB") String job,
      @Option(names = "--expect", paramLabel = "<version>") Optional<Long> expect) {
    return change(at, output, by, job, expect, new Change.Delete());
  }

  @Command(
      name = "adopt",
      description = {
        "Has runs that hold a version of another history go on with this store's.",
        "For a store that was set back, such as by a restored backup: its jobs do not follow it"
            + " until then. Needs a token of the role admin."
      })
  int adopt(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Mixin Authorship by,
      @Parameters(paramLabel = "JOB") String job,
      @Option(
              names = "--abandon",
              paramLabel = "<hash>",
              description =
                  "How the hash of the version that the job gives up begins, where runs hold"
                      + " several; see the ledger.")
          Optional<String> abandon,
      @Option(names = "--expect", paramLabel = "<version>") Optional<Long> expect,
      @Option(names = "--dry-run", description = "Checks, and changes nothing.") boolean dryRun) {
    return store.with(
        at,
        open -> {
          List<Revision> history = open.history(job, 1, Limits.VERSIONS).join();
          Forks forks = new Forks(job, open.ledger(job).join(), history);
          Change change = new Change.Adopt(forks.choose(abandon));
          Proposal proposal = proposal(open, job, expect, change, by);
          if (dryRun) {
            open.check(proposal).join();
            output.of(store.out()).wouldBecome(job, proposal.expectedVersion() + 1);
          } else {
            output.of(store.out()).adopted(open.propose(proposal).join());
          }
        });
  }

  private int change(
      StoreOption at,
      Output output,
      Authorship by,
      String job,
      Optional<Long> expect,
      Change change) {
    return store.with(
        at,
        open ->
            output
                .of(store.out())
                .changed(open.propose(proposal(open, job, expect, change, by)).join()));
  }

  private static Proposal proposal(
      HttpStore store, String job, Optional<Long> expect, Change change, Authorship by) {
    long expected = expect.orElseGet(() -> newest(store, job));
    return Proposal.of(job, expected, change, by.author(), by.reason());
  }

  private static long newest(HttpStore store, String job) {
    try {
      return Connection.join(store.read(job)).version();
    } catch (UnknownJob e) {
      return 0;
    }
  }

  @Command(name = "diff", description = "Shows how two versions of a job's document differ.")
  int diff(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Parameters(paramLabel = "JOB") String job,
      @Parameters(paramLabel = "FROM") long from,
      @Parameters(paramLabel = "TO", arity = "0..1", description = "Default: the newest.")
          Optional<Long> to) {
    return store.with(
        at,
        open -> {
          long last = to.orElseGet(() -> open.read(job).join().version());
          output.of(store.out()).diff(job, from, last, open.diff(job, from, last).join());
        });
  }

  @Command(name = "history", description = "Lists the versions of a job, newest last.")
  int history(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Parameters(paramLabel = "JOB") String job,
      @Option(names = "--from", paramLabel = "<version>", defaultValue = "1") long from,
      @Option(names = "--limit", paramLabel = "<number>", defaultValue = "" + Limits.VERSIONS)
          int limit) {
    return store.with(
        at, open -> output.of(store.out()).history(open.history(job, from, limit).join()));
  }

  @Command(name = "ledger", description = "Lists which version ran when.")
  int ledger(
      @Mixin StoreOption at, @Mixin Output output, @Parameters(paramLabel = "JOB") String job) {
    return store.with(at, open -> output.of(store.out()).ledger(job, open.ledger(job).join()));
  }

  @Command(name = "watch", description = "Prints every version of a job as it comes, until Ctrl-C.")
  int watch(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Parameters(paramLabel = "JOB") String job,
      @Option(
              names = "--from",
              paramLabel = "<version>",
              defaultValue = "0",
              description = "Default: the newest.")
          long from) {
    return store.with(
        at,
        open -> {
          long first = from > 0 ? from : Math.max(1, newest(open, job));
          new PrintedWatch(output.of(store.out()), store.out()::checkError).run(open, job, first);
        });
  }

  @Command(
      name = "status",
      description = {
        "Asks each node what it knows of its cluster.",
        "With a job: its newest version; which one is in force, since which checkpoint, on how"
            + " many subtasks; its switches and refusals."
      })
  int status(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Parameters(paramLabel = "JOB", arity = "0..1") Optional<String> job) {
    return store.with(
        at,
        open -> {
          Printer printer = output.of(store.out());
          if (job.isPresent()) {
            printer.status(jobStatus(open, job.get()));
          } else {
            printer.status(open.statuses().join());
          }
        });
  }

  private static JobStatus jobStatus(HttpStore store, String job) {
    Revision newest = store.read(job).join();
    List<LedgerEntry> ledger = store.ledger(job).join();
    Optional<Revision> agreed =
        JobStatus.lastInForce(ledger)
            .flatMap(entry -> store.history(job, entry.version(), 1).join().stream().findFirst());
    return new JobStatus(newest, agreed, ledger);
  }

  @Command(
      name = "schema",
      description = "Prints the JSON Schema of a job's documents, or sets it from a file.")
  int schema(
      @Mixin StoreOption at,
      @Mixin Output output,
      @Parameters(paramLabel = "JOB") String job,
      @Parameters(paramLabel = "FILE", arity = "0..1", description = "- is standard input.")
          Optional<String> file) {
    Optional<String> schema = file.map(input::text);
    return store.with(
        at,
        open -> {
          if (schema.isPresent()) {
            open.registerSchema(job, schema.get()).join();
          } else {
            String known =
                open.schema(job)
                    .join()
                    .orElseThrow(() -> new InvalidRequest("job '" + job + "' has no schema"));
            output.of(store.out()).schema(job, known);
          }
        });
  }
}

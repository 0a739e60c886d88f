package io.weir.consensus;

/** What a {@link Proposal} wants to do to a job's configuration. */
public sealed interface Change {

  /** What kind of change made a version; kept in the history. */
  enum Kind {
    SET,
    ROLLBACK,
    DELETE,
    ADOPT
  }

  Kind kind();

  /**
   * A new document.
   *
   * @param document YAML or JSON, kept as it was written
   */
  record Set(String document) implements Change {
    @Override
    public Kind kind() {
      return Kind.SET;
    }
  }

  /**
   * The document of an older version, as a new version.
   *
   * @param version which must still have its content
   */
  record Rollback(long version) implements Change {

    public Rollback {
      Limits.checkVersion("rollback to version", version, 1);
    }

    @Override
    public Kind kind() {
      return Kind.ROLLBACK;
    }
  }

  /** No document any more: a tombstone as a new version, from which the job can be created anew. */
  record Delete() implements Change {
    @Override
    public Kind kind() {
      return Kind.DELETE;
    }
  }

  /**
   * The newest document once more, as a version that jobs may go on with from a version which is
   * not of this history: the store was set back behind it, or to before it and moved on. Jobs that
   * hold another version stay where they are.
   *
   * @param abandoned what the jobs hold, and give up
   */
  record Adopt(VersionId abandoned) implements Change {
    @Override
    public Kind kind() {
      return Kind.ADOPT;
    }
  }
}

package io.weir.jobs.monitoring;

import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import java.io.IOException;
import java.util.List;

/** Files behind whose ends something might follow: a job that reads them goes on. */
record EndlessFiles(FileOrigins files) implements Origins {

  private static final long serialVersionUID = 1;

  @Override
  public List<Origin> list() throws IOException {
    return files.list();
  }

  @Override
  public Cursor open(Origin origin, Position from) throws IOException {
    return new EndlessCursor(files.open(origin, from));
  }

  private static final class EndlessCursor extends CursorAround {

    private static final long WAIT_MILLIS = 20;

    EndlessCursor(Cursor lines) {
      super(lines);
    }

    @Override
    public long waitMillis() {
      return WAIT_MILLIS;
    }
  }
}

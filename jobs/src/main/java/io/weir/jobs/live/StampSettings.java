package io.weir.jobs.live;

import io.weir.jobs.connectors.FileSinkSettings;
import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.stamp.StampFiles;
import io.weir.operators.row.Schema;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Whether and where a job writes down which record it processed under which version:
 *
 * <pre>
 * stamp: true
 * stamp-folder: stamps
 * </pre>
 *
 * @param on whether at all
 * @param folder made where missing
 */
public record StampSettings(boolean on, String folder) {

  /** Reads the keys; what is returned is used only if nothing was wrong. */
  public static StampSettings read(Section job) {
    boolean on = job.flag("stamp", false);
    if (on && !LiveSettings.isLive(job)) {
      job.problem("stamp", "needs a store: without one the configuration never changes");
    }
    return new StampSettings(on, job.text("stamp-folder", "stamps"));
  }

  /** The columns of rows, with names for their stamps if there are any. */
  public Schema columns(Section job, Schema rows) {
    if (on && rows.size() == Schema.MAX_COLUMNS) {
      job.problem(
          "stamp", "needs a column for itself, and the records have all " + Schema.MAX_COLUMNS);
      return rows;
    }
    return on ? rows.withRecord() : rows;
  }

  /** Adds the files to a job's graph, if there are stamps. */
  public void attach(DataStream<Stamp> stamps, String uid) {
    if (on) {
      StampFiles.write(stamps, FileSinkSettings.folder(folder), uid);
    }
  }
}

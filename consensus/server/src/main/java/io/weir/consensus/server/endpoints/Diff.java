package io.weir.consensus.server.endpoints;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiff;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.List;

/** How two documents differ, line by line, as a unified diff. */
public final class Diff {

  private static final int CONTEXT = 3;

  /**
   * Lines of both from the first to the last that differ, beyond which the shortest diff is not
   * searched for: its time grows with their square (Myers, An O(ND) Difference Algorithm, 1986).
   */
  private static final int MAX_LINES = 4_000;

  /** Beyond these, the search must not remember all that it tried; it reads a little less well. */
  private static final int MAX_REMEMBERED_LINES = 1_000;

  private Diff() {}

  /**
   * The diff.
   *
   * @return ends with a line break; empty when the documents have the same lines
   */
  public static String unified(String fromName, String from, String toName, String to) {
    List<String> old = from.lines().toList();
    List<String> revised = to.lines().toList();
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(fromName, toName, old, patch(old, revised), CONTEXT);
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static Patch<String> patch(List<String> old, List<String> revised) {
    int start = commonStart(old, revised);
    int end = commonEnd(old, revised, start);
    int differing = old.size() + revised.size() - 2 * (start + end);
    if (differing > MAX_LINES) {
      return replacement(old, revised, start, end);
    }
    return differing > MAX_REMEMBERED_LINES
        ? DiffUtils.diff(old, revised, new MyersDiffWithLinearSpace<>())
        : DiffUtils.diff(old, revised, new MyersDiff<>());
  }

  /** All that lies between what both begin with and what both end with. */
  private static Patch<String> replacement(
      List<String> old, List<String> revised, int start, int end) {
    Patch<String> patch = new Patch<>();
    patch.addDelta(
        new ChangeDelta<>(
            new Chunk<>(start, old.subList(start, old.size() - end)),
            new Chunk<>(start, revised.subList(start, revised.size() - end))));
    return patch;
  }

  private static int commonStart(List<String> one, List<String> other) {
    int most = Math.min(one.size(), other.size());
    int common = 0;
    while (common < most && one.get(common).equals(other.get(common))) {
      common++;
    }
    return common;
  }

  private static int commonEnd(List<String> one, List<String> other, int start) {
    int most = Math.min(one.size(), other.size()) - start;
    int common = 0;
    while (common < most
        && one.get(one.size() - 1 - common).equals(other.get(other.size() - 1 - common))) {
      common++;
    }
    return common;
  }
}

package io.weir.consensus.server.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DiffTest {

  private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+.* @@");

  @Test
  void isEmptyForEqualDocuments() {
    assertThat(Diff.unified("x 1", "a\nb\n", "x 2", "a\nb\n")).isEmpty();
  }

  @Test
  void showsAllOfANewAndOfAnEmptyDocument() {
    assertThat(Diff.unified("x 1", "", "x 2", "a\n"))
        .isEqualTo("--- x 1\n+++ x 2\n@@ -0,0 +1,1 @@\n+a\n");
    assertThat(Diff.unified("x 1", "a\n", "x 2", "")).endsWith("-a\n");
  }

  /** Every diff, applied to the old lines, yields the new ones. */
  @Test
  void leadsFromOneDocumentToTheOther() {
    Random random = new Random(7);
    for (int size : new int[] {1, 5, 50, 700, 3_000, 9_000}) {
      List<String> old = lines(random, size);
      List<String> revised = edited(random, old);

      String diff = Diff.unified("a", String.join("\n", old), "b", String.join("\n", revised));

      assertThat(applied(old, diff)).as("%d lines", size).isEqualTo(revised);
    }
  }

  private static List<String> lines(Random random, int size) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      lines.add("key" + random.nextInt(20));
    }
    return lines;
  }

  private static List<String> edited(Random random, List<String> old) {
    List<String> revised = new ArrayList<>(old);
    for (int i = 0; i < old.size() / 3 + 1; i++) {
      int place = random.nextInt(revised.size() + 1);
      if (random.nextBoolean() && place < revised.size() && revised.size() > 1) {
        revised.remove(place);
      } else {
        revised.add(place, "new" + i);
      }
    }
    return revised;
  }

  private static List<String> applied(List<String> old, String diff) {
    List<String> result = new ArrayList<>();
    Deque<String> rest = new ArrayDeque<>(old);
    int line = 0;
    for (String text : diff.lines().skip(2).toList()) {
      Matcher hunk = HUNK.matcher(text);
      if (hunk.matches()) {
        int start = Integer.parseInt(hunk.group(1)) - ("0".equals(hunk.group(2)) ? 0 : 1);
        for (; line < start; line++) {
          result.add(rest.remove());
        }
        continue;
      }
      String content = text.substring(1);
      if (text.charAt(0) != '+') {
        assertThat(rest.remove()).isEqualTo(content);
        line++;
      }
      if (text.charAt(0) != '-') {
        result.add(content);
      }
    }
    result.addAll(rest);
    return result;
  }

  @Test
  void isQuickForLargeDocumentsWithNothingInCommon() {
    String old = String.join("\n", Collections.nCopies(60_000, "a"));
    String revised = String.join("\n", Collections.nCopies(60_000, "b"));
    long started = System.nanoTime();

    assertThat(Diff.unified("a", old, "b", revised).lines().count()).isEqualTo(120_003);
    assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
  }
}

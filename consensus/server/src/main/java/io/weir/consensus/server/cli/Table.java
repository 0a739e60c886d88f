package io.weir.consensus.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a line of names, each column as wide as its widest cell. */
final class Table {

  private final List<String[]> rows = new ArrayList<>();

  Table(String... names) {
    rows.add(names);
  }

  void add(Object... cells) {
    rows.add(Arrays.stream(cells).map(Table::oneLine).toArray(String[]::new));
  }

  Table withoutNames() {
    Table rest = new Table();
    rest.rows.clear();
    rest.rows.addAll(rows.subList(1, rows.size()));
    return rest;
  }

  static String oneLine(Object cell) {
    return String.valueOf(cell).replaceAll("\\p{Cntrl}+", " ");
  }

  void print(PrintWriter out) {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
    }
    return line.toString().stripTrailing();
  }
}

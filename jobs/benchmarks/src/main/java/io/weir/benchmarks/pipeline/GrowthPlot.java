package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.pipeline.sides.Contender;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws the processor time of a million events over what grows, a panel for each. */
record GrowthPlot(List<Growth.Cost> costs) {

  private static final int SIZE = 240;
  private static final int MARGIN = 60;
  private static final int DOT = 6;
  private static final int MILLION = 1_000_000;
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73));

  void write(Path file) throws IOException {
    List<String> grown = costs.stream().map(cost -> cost.step().what()).distinct().toList();
    BufferedImage image =
        new BufferedImage(
            MARGIN + grown.size() * (SIZE + MARGIN), SIZE + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    // A whole number above all of them, so that no line touches the frame.
    int highest =
        1 + (int) costs.stream().mapToDouble(GrowthPlot::secondsPerMillion).max().orElseThrow();
    for (int panel = 0; panel < grown.size(); panel++) {
      draw(graphics, grown.get(panel), MARGIN + panel * (SIZE + MARGIN), highest);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private static double secondsPerMillion(Growth.Cost cost) {
    return (double) MILLION / cost.outcome().perCpuSecond();
  }

  private void draw(Graphics2D graphics, String what, int left, int highest) {
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(1));
    graphics.drawRect(left, MARGIN, SIZE, SIZE);
    graphics.drawString("CPU s per million events over " + what, left, MARGIN - 25);
    centre(graphics, String.valueOf(highest), left - 12, MARGIN + 10);
    centre(graphics, "0", left - 12, MARGIN + SIZE);
    List<Contender> systems = costs.stream().map(Growth.Cost::system).distinct().toList();
    for (int place = 0; place < systems.size(); place++) {
      Contender system = systems.get(place);
      List<Growth.Cost> line =
          costs.stream()
              .filter(cost -> cost.system() == system && cost.step().what().equals(what))
              .toList();
      draw(graphics, line, place, left, highest);
    }
  }

  private static void draw(
      Graphics2D graphics, List<Growth.Cost> line, int place, int left, int highest) {
    int[] x = new int[line.size()];
    int[] y = new int[line.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = left + (2 * i + 1) * SIZE / (2 * x.length);
      y[i] = MARGIN + SIZE - (int) (SIZE * secondsPerMillion(line.get(i)) / highest);
      graphics.setColor(Color.BLACK);
      centre(graphics, label(line.get(i).step().size()), x[i], MARGIN + SIZE + 18);
      graphics.setColor(COLOURS.get(place));
      graphics.fillOval(x[i] - DOT / 2, y[i] - DOT / 2, DOT, DOT);
    }
    graphics.setColor(COLOURS.get(place));
    graphics.setStroke(new BasicStroke(2));
    graphics.drawPolyline(x, y, x.length);
    String system = line.get(0).system().label();
    graphics.drawString(system, left + 8, MARGIN + SIZE - 8 - 14 * place);
  }

  /** Short enough for four of them below a panel. */
  private static String label(long size) {
    return size % MILLION == 0 ? size / MILLION + " M" : String.format(Locale.ROOT, "%,d", size);
  }

  private static void centre(Graphics2D graphics, String text, int x, int y) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
  }
}

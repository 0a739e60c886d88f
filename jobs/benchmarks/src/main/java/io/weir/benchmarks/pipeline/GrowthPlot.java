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
    double highest = costs.stream().mapToDouble(GrowthPlot::secondsPerMillion).max().orElseThrow();
    for (int panel = 0; panel < grown.size(); panel++) {
      draw(graphics, grown.get(panel), MARGIN + panel * (SIZE + MARGIN), highest);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private static double secondsPerMillion(Growth.Cost cost) {
    return 1e6 / cost.outcome().perCpuSecond();
  }

  private void draw(Graphics2D graphics, String what, int left, double highest) {
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(1));
    graphics.drawRect(left, MARGIN, SIZE, SIZE);
    graphics.drawString("CPU s per million events over " + what, left, MARGIN - 25);
    graphics.drawString(String.format(Locale.ROOT, "%.1f", highest), left - 28, MARGIN + 10);
    graphics.drawString("0", left - 12, MARGIN + SIZE);
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
      Graphics2D graphics, List<Growth.Cost> line, int place, int left, double highest) {
    int[] x = new int[line.size()];
    int[] y = new int[line.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = left + (2 * i + 1) * SIZE / (2 * x.length);
      y[i] = MARGIN + SIZE - (int) (SIZE * secondsPerMillion(line.get(i)) / highest);
      graphics.setColor(Color.BLACK);
      graphics.drawString(
          String.format(Locale.ROOT, "%,d", line.get(i).step().size()),
          x[i] - 20,
          MARGIN + SIZE + 15);
    }
    graphics.setColor(COLOURS.get(place));
    graphics.setStroke(new BasicStroke(2));
    graphics.drawPolyline(x, y, x.length);
    String system = line.get(0).system().label();
    graphics.drawString(system, left + 8, MARGIN + SIZE - 8 - 14 * place);
  }
}

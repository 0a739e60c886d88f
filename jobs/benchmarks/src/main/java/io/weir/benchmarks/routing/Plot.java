package io.weir.benchmarks.routing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Draws a row for each strategy: the receivers' shares over time, stacked, and the throughput below
 * a line at what the receivers could take. A vertical line stands where the weights change.
 *
 * @param seconds between two samples
 * @param ideal records a second
 */
record Plot(double seconds, double ideal) {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 130;
  private static final int MARGIN = 60;
  private static final Color[] RECEIVERS = {
    new Color(0xD55E00), new Color(0x0072B2), new Color(0x56B4E9), new Color(0x009E73)
  };

  void write(Map<String, List<long[]>> strategies, Path file) throws IOException {
    int height = MARGIN + strategies.size() * (HEIGHT + MARGIN);
    BufferedImage image =
        new BufferedImage(2 * WIDTH + 3 * MARGIN, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), height);
    int top = MARGIN;
    for (Map.Entry<String, List<long[]>> each : strategies.entrySet()) {
      shares(graphics, each.getKey(), each.getValue(), top);
      throughput(graphics, each.getValue(), top);
      top += HEIGHT + MARGIN;
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private void shares(Graphics2D graphics, String name, List<long[]> samples, int top) {
    title(graphics, name + ": shares of the receivers; the slow one is the lowest", MARGIN, top);
    double step = (double) WIDTH / samples.size();
    for (int i = 0; i < samples.size(); i++) {
      double all = Math.max(1, Arrays.stream(samples.get(i)).sum());
      int left = MARGIN + (int) (i * step);
      int right = MARGIN + (int) ((i + 1) * step);
      double served = 0;
      int bottom = top + HEIGHT;
      for (int receiver = 0; receiver < samples.get(i).length; receiver++) {
        served += samples.get(i)[receiver];
        // The sum is rounded, not the parts: together they are as high as the frame.
        int above = top + HEIGHT - (int) Math.round(HEIGHT * served / all);
        graphics.setColor(RECEIVERS[receiver % RECEIVERS.length]);
        graphics.fillRect(left, above, right - left, bottom - above);
        bottom = above;
      }
    }
    frame(graphics, samples.size(), MARGIN, top);
  }

  private void throughput(Graphics2D graphics, List<long[]> samples, int top) {
    int left = WIDTH + 2 * MARGIN;
    title(graphics, "records a second; the line is what the receivers can take", left, top);
    double step = (double) WIDTH / samples.size();
    double perRecord = HEIGHT / (1.1 * ideal * seconds);
    int[] x = new int[samples.size()];
    int[] y = new int[samples.size()];
    Arrays.setAll(x, i -> left + (int) ((i + 0.5) * step));
    Arrays.setAll(
        y,
        i -> (int) Math.max(top, top + HEIGHT - perRecord * Arrays.stream(samples.get(i)).sum()));
    graphics.setStroke(new BasicStroke(2));
    graphics.setColor(RECEIVERS[1]);
    graphics.drawPolyline(x, y, x.length);
    graphics.setStroke(new BasicStroke(1));
    graphics.setColor(Color.GRAY);
    int line = (int) (top + HEIGHT - perRecord * ideal * seconds);
    graphics.drawLine(left, line, left + WIDTH, line);
    right(graphics, String.format(Locale.ROOT, "%,d", (long) ideal), left - 4, line + 5);
    right(graphics, "0", left - 4, top + HEIGHT);
    frame(graphics, samples.size(), left, top);
  }

  private static void title(Graphics2D graphics, String text, int left, int top) {
    graphics.setColor(Color.BLACK);
    graphics.drawString(text, left, top - 8);
  }

  private void frame(Graphics2D graphics, int samples, int left, int top) {
    graphics.setColor(Color.BLACK);
    graphics.drawRect(left, top, WIDTH, HEIGHT);
    graphics.drawLine(left + WIDTH / 2, top, left + WIDTH / 2, top + HEIGHT);
    int below = top + HEIGHT + 15;
    graphics.drawString("0 s", left, below);
    String change = "the weights change";
    int half = graphics.getFontMetrics().stringWidth(change) / 2;
    graphics.drawString(change, left + WIDTH / 2 - half, below);
    right(graphics, (long) (samples * seconds) + " s", left + WIDTH, below);
  }

  /** Writes a text that ends at {@code x}. */
  private static void right(Graphics2D graphics, String text, int x, int y) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text), y);
  }
}

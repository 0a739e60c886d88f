package io.weir.jobs.generator;

import static io.weir.jobs.generator.AsciiBuffer.ascii;

import io.weir.jobs.generator.Account.Kind;
import java.util.Arrays;

/**
 * Makes the bytes of access-log events. One instance serves one thread; it holds tables of all
 * hosts and URLs.
 *
 * <p>Statuses and methods have fixed shares; sizes are log-normal with a median of 3,000 bytes and
 * a sigma of 1.2, but nothing for 304. A broken event is, in equal shares, cut in the middle, no
 * event at all, or one with a time that is none.
 */
public final class EventMaker {

  private static final double MEDIAN_BYTES = 3000;
  private static final double SIGMA_BYTES = 1.2;

  // What a random number is for; 1 and 2 are the account's.
  private static final int HOST = 3;
  private static final int URL = 4;
  private static final int SMALL = 5;
  private static final int SIZE = 6;
  private static final int BREAK = 7;

  private static final Choice METHODS =
      new Choice(new int[] {880, 100, 12, 8}, "GET", "POST", "PUT", "DELETE");
  private static final Choice STATUSES =
      new Choice(
          new int[] {880, 50, 20, 30, 8, 8, 4}, "200", "304", "301", "404", "403", "500", "503");
  private static final Choice AGENTS =
      new Choice(
          new int[] {600, 250, 100, 50},
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)",
          "Mozilla/5.0 (X11; Linux x86_64)",
          "crawler/1.0");
  private static final int NOT_MODIFIED = 1;

  private final long seed;
  private final Account account;
  private final Zipf hostRanks;
  private final Zipf urlRanks;
  private final byte[][] hosts;
  private final byte[][] urls;
  private final LogNormal sizes = new LogNormal(MEDIAN_BYTES, SIGMA_BYTES);
  private final EventFormat format;

  /**
   * Makes the tables.
   *
   * @param settings with a start; without one, {@link GeneratorSettings#FIXED_START} counts
   */
  public EventMaker(GeneratorSettings settings) {
    seed = settings.seed();
    account = new Account(settings);
    hostRanks = new Zipf(settings.hosts(), settings.skew());
    urlRanks = new Zipf(settings.urls(), settings.skew());
    hosts = new byte[settings.hosts()][];
    Arrays.setAll(hosts, EventMaker::host);
    urls = new byte[settings.urls()][];
    Arrays.setAll(urls, EventMaker::url);
    format =
        settings.format() == GeneratorSettings.Format.JSON
            ? new JsonEvents()
            : new CombinedEvents();
  }

  private static byte[] host(int rank) {
    String host = "10." + (rank >> 16) + '.' + (rank >> 8 & 0xff) + '.' + (rank & 0xff);
    return ascii(host);
  }

  private static byte[] url(int rank) {
    return ascii(rank == 0 ? "/" : "/item/" + rank);
  }

  /** The bytes of event {@code index}. */
  public byte[] make(long index) {
    return account.kindOf(index) == Kind.BROKEN
        ? broken(index)
        : whole(account.originalOf(index), false);
  }

  private byte[] broken(long index) {
    return switch ((int) Mix.below(Mix.bits(seed, index, BREAK), 3)) {
      case 0 -> {
        byte[] whole = whole(index, false);
        yield Arrays.copyOf(whole, whole.length / 2);
      }
      case 1 -> ascii("#### broken " + index);
      default -> whole(index, true);
    };
  }

  private byte[] whole(long index, boolean badTime) {
    long small = Mix.bits(seed, index, SMALL);
    int status = STATUSES.index(small);
    return format.write(
        index,
        badTime ? EventFormat.BAD_TIME : account.timeMillis(index),
        hosts[hostRanks.rank(Mix.bits(seed, index, HOST))],
        METHODS.value(METHODS.index(small >>> 16)),
        urls[urlRanks.rank(Mix.bits(seed, index, URL))],
        STATUSES.value(status),
        status == NOT_MODIFIED ? 0 : sizes.draw(Mix.bits(seed, index, SIZE)),
        AGENTS.value(AGENTS.index(small >>> 32)));
  }

  /** One of a few values, by the lowest 16 of some random bits. */
  private static final class Choice {

    private final int[] upTo;
    private final byte[][] values;

    /** Makes a choice of values by their shares in a thousand. */
    Choice(int[] shares, String... values) {
      upTo = new int[shares.length];
      int sum = 0;
      for (int i = 0; i < shares.length; i++) {
        sum += shares[i];
        upTo[i] = (sum << 16) / 1000;
      }
      this.values = Arrays.stream(values).map(AsciiBuffer::ascii).toArray(byte[][]::new);
    }

    int index(long bits) {
      int draw = (int) (bits & 0xffff);
      int i = 0;
      while (draw >= upTo[i]) {
        i++;
      }
      return i;
    }

    byte[] value(int index) {
      return values[index];
    }
  }
}

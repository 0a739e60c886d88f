package io.weir.consensus.server.transport;

import static io.weir.consensus.server.transport.Wire.readBallot;
import static io.weir.consensus.server.transport.Wire.readBytes;
import static io.weir.consensus.server.transport.Wire.readPresent;
import static io.weir.consensus.server.transport.Wire.write;

import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Message.Accept;
import io.weir.consensus.server.paxos.Message.Accepted;
import io.weir.consensus.server.paxos.Message.Failed;
import io.weir.consensus.server.paxos.Message.Fetch;
import io.weir.consensus.server.paxos.Message.Fetched;
import io.weir.consensus.server.paxos.Message.Held;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Promise;
import io.weir.consensus.server.paxos.Message.Read;
import io.weir.consensus.server.paxos.Message.Rejected;
import io.weir.consensus.server.paxos.Message.Reply;
import io.weir.consensus.server.paxos.Message.Request;
import io.weir.consensus.server.paxos.Message.Survey;
import io.weir.consensus.server.paxos.Message.Surveyed;
import io.weir.consensus.server.paxos.Past;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests and replies as bytes, format {@value Wire#FORMAT}: a byte for the kind, and its parts.
 */
public final class MessageCodec {

  private static final int PREPARE = 1;
  private static final int ACCEPT = 2;
  private static final int READ = 3;
  private static final int FETCH = 4;
  private static final int SURVEY = 5;
  private static final int PROMISE = 6;
  private static final int ACCEPTED = 7;
  private static final int REJECTED = 8;
  private static final int FAILED = 9;
  private static final int HELD = 10;
  private static final int FETCHED = 11;
  private static final int SURVEYED = 12;

  private MessageCodec() {}

  public static byte[] encode(Request request) {
    return Wire.bytes(out -> writeRequest(out, request));
  }

  private static void writeRequest(DataOutputStream out, Request request) throws IOException {
    if (request instanceof Prepare prepare) {
      start(out, PREPARE, prepare.key());
      write(out, prepare.ballot());
    } else if (request instanceof Accept accept) {
      start(out, ACCEPT, accept.key());
      write(out, accept.ballot());
      write(out, accept.state());
      write(out, accept.next());
    } else if (request instanceof Read read) {
      start(out, READ, read.key());
      out.writeLong(read.round());
      write(out, read.known());
    } else if (request instanceof Fetch fetch) {
      start(out, FETCH, fetch.key());
      out.writeLong(fetch.round());
      out.writeLong(fetch.from());
      out.writeLong(fetch.to());
    } else if (request instanceof Survey survey) {
      start(out, SURVEY, "");
      out.writeLong(survey.round());
    }
  }

  private static void start(DataOutputStream out, int kind, String key) throws IOException {
    out.writeByte(kind);
    out.writeUTF(key);
  }

  /** Reads a request, or throws an {@link IllegalArgumentException} at anything else. */
  public static Request request(byte[] bytes) {
    return Wire.parsed("a request between nodes", bytes, MessageCodec::readRequest);
  }

  private static Request readRequest(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    String key = in.readUTF();
    return switch (kind) {
      case PREPARE -> new Prepare(key, readBallot(in));
      case ACCEPT -> new Accept(key, readBallot(in), readPresent(in), readBallot(in));
      case READ -> new Read(in.readLong(), key, readBallot(in));
      case FETCH -> new Fetch(in.readLong(), key, in.readLong(), in.readLong());
      case SURVEY -> new Survey(in.readLong());
      default -> throw new IOException("a request of kind " + kind);
    };
  }

  public static byte[] encode(Reply reply) {
    return Wire.bytes(out -> writeReply(out, reply));
  }

  private static void writeReply(DataOutputStream out, Reply reply) throws IOException {
    if (reply instanceof Promise promise) {
      start(out, PROMISE, promise.key());
      write(out, promise.ballot());
      write(out, promise.accepted());
      write(out, promise.state());
    } else if (reply instanceof Accepted accepted) {
      start(out, ACCEPTED, accepted.key());
      write(out, accepted.ballot());
    } else if (reply instanceof Rejected rejected) {
      start(out, REJECTED, rejected.key());
      write(out, rejected.ballot());
      write(out, rejected.promised());
    } else if (reply instanceof Failed failed) {
      start(out, FAILED, failed.key());
      write(out, failed.ballot());
      out.writeUTF(failed.reason());
    } else if (reply instanceof Held held) {
      start(out, HELD, held.key());
      out.writeLong(held.round());
      write(out, held.accepted());
      write(out, held.state());
    } else if (reply instanceof Fetched fetched) {
      writeFetched(out, fetched);
    } else if (reply instanceof Surveyed surveyed) {
      writeSurveyed(out, surveyed);
    }
  }

  private static void writeFetched(DataOutputStream out, Fetched fetched) throws IOException {
    start(out, FETCHED, fetched.key());
    out.writeLong(fetched.round());
    out.writeInt(fetched.states().size());
    for (Past past : fetched.states()) {
      out.writeLong(past.number());
      out.writeUTF(past.hash());
      write(out, past.about());
      write(out, past.content());
    }
  }

  private static void writeSurveyed(DataOutputStream out, Surveyed surveyed) throws IOException {
    start(out, SURVEYED, "");
    out.writeLong(surveyed.round());
    out.writeInt(surveyed.accepted().size());
    for (Map.Entry<String, Ballot> each : surveyed.accepted().entrySet()) {
      out.writeUTF(each.getKey());
      write(out, each.getValue());
    }
  }

  /** Reads a reply, or throws an {@link IllegalArgumentException} at anything else. */
  public static Reply reply(byte[] bytes) {
    return Wire.parsed("a reply between nodes", bytes, MessageCodec::readReply);
  }

  private static Reply readReply(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    String key = in.readUTF();
    return switch (kind) {
      case PROMISE -> new Promise(key, readBallot(in), readBallot(in), readPresent(in));
      case ACCEPTED -> new Accepted(key, readBallot(in));
      case REJECTED -> new Rejected(key, readBallot(in), readBallot(in));
      case FAILED -> new Failed(key, readBallot(in), in.readUTF());
      case HELD -> new Held(in.readLong(), key, readBallot(in), readBytes(in));
      case FETCHED -> new Fetched(in.readLong(), key, readPasts(in));
      case SURVEYED -> new Surveyed(in.readLong(), readBallots(in));
      default -> throw new IOException("a reply of kind " + kind);
    };
  }

  private static List<Past> readPasts(DataInputStream in) throws IOException {
    List<Past> states = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      states.add(new Past(in.readLong(), in.readUTF(), readPresent(in), readBytes(in)));
    }
    return states;
  }

  private static Map<String, Ballot> readBallots(DataInputStream in) throws IOException {
    Map<String, Ballot> ballots = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      ballots.put(in.readUTF(), readBallot(in));
    }
    return ballots;
  }
}

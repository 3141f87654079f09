package io.mortar.journal.wire;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.Message.Append;
import io.mortar.journal.raft.Message.AppendAccepted;
import io.mortar.journal.raft.Message.AppendRefused;
import io.mortar.journal.raft.Message.Heartbeat;
import io.mortar.journal.raft.Message.HeartbeatReply;
import io.mortar.journal.raft.Message.PreVote;
import io.mortar.journal.raft.Message.PreVoteReply;
import io.mortar.journal.raft.Message.TimeoutNow;
import io.mortar.journal.raft.Message.Vote;
import io.mortar.journal.raft.Message.VoteReply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The messages of cores, from their term on; sender and receiver are in the route. */
final class MessageCodec {
    static final String PRE_VOTE = "raft.pre-vote/1";
    static final String PRE_VOTE_REPLY = "raft.pre-vote-reply/1";
    static final String VOTE = "raft.vote/1";
    static final String VOTE_REPLY = "raft.vote-reply/1";
    static final String APPEND = "raft.append/1";
    static final String APPEND_ACCEPTED = "raft.append-accepted/1";
    static final String APPEND_REFUSED = "raft.append-refused/1";
    static final String HEARTBEAT = "raft.heartbeat/1";
    static final String HEARTBEAT_REPLY = "raft.heartbeat-reply/1";
    static final String TIMEOUT_NOW = "raft.timeout-now/1";

    private static final int ENTRY_BYTES_MIN = Long.BYTES + 1 + Integer.BYTES;
    private static final byte EMPTY = 1;
    private static final byte ROWS = 2;
    private static final byte MEMBERSHIP = 3;

    private MessageCodec() {}

    static String manifest(Message message) {
        if (message instanceof Append) {
            return APPEND;
        } else if (message instanceof AppendAccepted) {
            return APPEND_ACCEPTED;
        } else if (message instanceof AppendRefused) {
            return APPEND_REFUSED;
        } else if (message instanceof Heartbeat) {
            return HEARTBEAT;
        } else if (message instanceof HeartbeatReply) {
            return HEARTBEAT_REPLY;
        } else if (message instanceof PreVote) {
            return PRE_VOTE;
        } else if (message instanceof PreVoteReply) {
            return PRE_VOTE_REPLY;
        } else if (message instanceof Vote) {
            return VOTE;
        } else if (message instanceof VoteReply) {
            return VOTE_REPLY;
        } else if (message instanceof TimeoutNow) {
            return TIMEOUT_NOW;
        }
        throw new IllegalArgumentException("not sent: " + message);
    }

    /** Bytes that {@link #put} needs at most. */
    static int sizeBytesMax(Message message) {
        int fixed = 8 * Long.BYTES;
        if (message instanceof Append append) {
            for (Entry entry : append.entries()) {
                fixed += ENTRY_BYTES_MIN + entry.payload().length;
            }
        }
        return fixed;
    }

    static void put(ByteBuffer out, Message message) {
        out.putLong(message.term());
        if (message instanceof Append append) {
            out.putLong(append.previousIndex()).putLong(append.previousTerm()).putLong(append.commit());
            putEntries(out, append.entries());
        } else if (message instanceof AppendAccepted accepted) {
            out.putLong(accepted.match());
        } else if (message instanceof AppendRefused refused) {
            out.putLong(refused.previousIndex()).putLong(refused.hintIndex()).putLong(refused.hintTerm());
        } else if (message instanceof Heartbeat heartbeat) {
            out.putLong(heartbeat.commit()).putLong(heartbeat.context());
        } else if (message instanceof HeartbeatReply reply) {
            out.putLong(reply.context());
        } else if (message instanceof PreVote vote) {
            out.putLong(vote.lastIndex()).putLong(vote.lastTerm());
        } else if (message instanceof PreVoteReply reply) {
            out.putLong(reply.candidacy());
            Fields.putFlag(out, reply.granted());
        } else if (message instanceof Vote vote) {
            out.putLong(vote.lastIndex()).putLong(vote.lastTerm());
            Fields.putFlag(out, vote.transfer());
        } else if (message instanceof VoteReply reply) {
            Fields.putFlag(out, reply.granted());
        } else if (!(message instanceof TimeoutNow)) {
            throw new IllegalArgumentException("not sent: " + message);
        }
    }

    static Message read(String manifest, ByteBuffer in, MemberId from, MemberId to) {
        long term = in.getLong();
        return switch (manifest) {
            case APPEND -> {
                long previousIndex = in.getLong();
                long previousTerm = in.getLong();
                long commit = in.getLong();
                yield new Append(from, to, term, previousIndex, previousTerm, entries(in, previousIndex), commit);
            }
            case APPEND_ACCEPTED -> new AppendAccepted(from, to, term, in.getLong());
            case APPEND_REFUSED -> new AppendRefused(from, to, term, in.getLong(), in.getLong(), in.getLong());
            case HEARTBEAT -> new Heartbeat(from, to, term, in.getLong(), in.getLong());
            case HEARTBEAT_REPLY -> new HeartbeatReply(from, to, term, in.getLong());
            case PRE_VOTE -> new PreVote(from, to, term, in.getLong(), in.getLong());
            case PRE_VOTE_REPLY -> new PreVoteReply(from, to, term, in.getLong(), Fields.flag(in));
            case VOTE -> new Vote(from, to, term, in.getLong(), in.getLong(), Fields.flag(in));
            case VOTE_REPLY -> new VoteReply(from, to, term, Fields.flag(in));
            case TIMEOUT_NOW -> new TimeoutNow(from, to, term);
            default -> throw new AssertionError("unhandled " + manifest);
        };
    }

    private static void putEntries(ByteBuffer out, List<Entry> entries) {
        out.putInt(entries.size());
        for (Entry entry : entries) {
            out.putLong(entry.term()).put(tag(entry.kind()));
            Fields.putBlock(out, entry.payload());
        }
    }

    private static List<Entry> entries(ByteBuffer in, long previousIndex) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / ENTRY_BYTES_MIN) {
            throw new WireFormatException(count + " entries do not fit the message");
        }
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            entries.add(new Entry(previousIndex + i, in.getLong(), kind(in.get()), Fields.block(in)));
        }
        return entries;
    }

    private static byte tag(Entry.Kind kind) {
        return switch (kind) {
            case EMPTY -> EMPTY;
            case ROWS -> ROWS;
            case MEMBERSHIP -> MEMBERSHIP;
        };
    }

    private static Entry.Kind kind(byte tag) {
        return switch (tag) {
            case EMPTY -> Entry.Kind.EMPTY;
            case ROWS -> Entry.Kind.ROWS;
            case MEMBERSHIP -> Entry.Kind.MEMBERSHIP;
            default -> throw new WireFormatException("no entry is of kind " + tag);
        };
    }
}

package io.mortar.journal.membership;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The keys of {@code mortar.journal.group.membership}; {@code reference.conf} says what each means.
 *
 * @param replaceVoterAfter a member that was silent for this long is replaced
 * @param contactWithin a member that answered within this time counts as alive
 * @param promotionLagEntriesMax a learner that lacks no more entries has caught up
 */
public record MembershipSettings(Duration replaceVoterAfter, Duration contactWithin, long promotionLagEntriesMax) {
    public MembershipSettings {
        if (contactWithin.isNegative()
                || replaceVoterAfter.compareTo(contactWithin) < 0
                || promotionLagEntriesMax < 0) {
            throw new IllegalArgumentException(
                    "membership needs 0 <= contact-within <= replace-voter-after and 0 <= promotion-lag-max,"
                            + " but they are " + contactWithin + ", " + replaceVoterAfter + " and "
                            + promotionLagEntriesMax);
        }
    }

    /** Reads {@code mortar.journal.group.membership}. */
    public static MembershipSettings of(Config config) {
        return new MembershipSettings(
                config.getDuration("replace-voter-after"),
                config.getDuration("contact-within"),
                config.getLong("promotion-lag-max"));
    }
}

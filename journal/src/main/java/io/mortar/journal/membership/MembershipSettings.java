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
    private static final String PATH = "mortar.journal.group.membership.";

    public MembershipSettings {
        if (replaceVoterAfter.compareTo(contactWithin) < 0) {
            throw new IllegalArgumentException(
                    PATH + "contact-within is " + seconds(contactWithin) + " and " + PATH
                            + "replace-voter-after is " + seconds(replaceVoterAfter)
                            + ": a voter would be replaced while it still counts as alive; make contact-within the shorter of the two");
        }
        if (contactWithin.isNegative() || promotionLagEntriesMax < 0) {
            throw new IllegalArgumentException(PATH + "contact-within and " + PATH
                    + "promotion-lag-max are not negative, but they are " + seconds(contactWithin) + " and "
                    + promotionLagEntriesMax);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    /** Reads {@code mortar.journal.group.membership}. */
    public static MembershipSettings of(Config config) {
        return new MembershipSettings(
                config.getDuration("replace-voter-after"),
                config.getDuration("contact-within"),
                config.getLong("promotion-lag-max"));
    }
}

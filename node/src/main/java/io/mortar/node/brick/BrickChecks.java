package io.mortar.node.brick;

import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.brick.KeeperMessage.Checked;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickAdminRefused;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickChecked;
import io.mortar.protocol.brick.BrickAdminProtocol.CheckBrick;
import java.util.List;

/** Says whether directories could become bricks, and changes nothing. Used by the keeper's thread. */
final class BrickChecks {
    private static final int COUNT_MAX = 64;

    private final DirectoryWork work;
    private final Announcements announcements;
    private int count;

    BrickChecks(DirectoryWork work, Announcements announcements) {
        this.work = work;
        this.announcements = announcements;
    }

    /** Looks at the directory; refuses if too many are being looked at. */
    void begin(CheckBrick request, BrickPlan plan, List<BrickPlan> others) {
        if (count >= COUNT_MAX) {
            refuse(
                    request,
                    new Refusal(
                            RefusalCode.OVERLOADED, "the node is looking at other directories; try again in a moment"));
            return;
        }
        count++;
        work.check(request, plan, others);
    }

    void ended(Checked checked) {
        count--;
        BrickPreparation.Survey survey = checked.survey();
        Refusal refusal = checked.refusal();
        if (survey == null || refusal != null) {
            refuse(
                    checked.request(),
                    refusal == null ? new Refusal(RefusalCode.INTERNAL, "nothing was seen") : refusal);
        } else {
            checked.request().replyTo().tell(new BrickChecked(checked.request().brick(), announcements.named(survey)));
        }
    }

    void refuse(CheckBrick request, Refusal refusal) {
        request.replyTo().tell(new BrickAdminRefused(request.brick(), refusal));
    }
}

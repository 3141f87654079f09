package io.mortar.gateway.conditions;

import akka.http.javadsl.model.DateTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Dates in headers (RFC 9110, section 5.6.7), in their one current and two obsolete forms. */
public final class HttpDates {
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH),
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(1970, 1, 1))
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

    private HttpDates() {}

    /** Milliseconds of the whole second that {@code text} names; -1 when it is not a date, which headers with dates are then ignored for. */
    public static long parse(String text) {
        String date = text.strip();
        return FORMS.stream()
                .mapToLong(form -> parse(form, date))
                .filter(millis -> millis >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static long parse(DateTimeFormatter form, String date) {
        try {
            return LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeParseException e) {
            return -1;
        }
    }

    /** The second of {@code millis}, as headers write it. */
    public static String format(long millis) {
        return DateTime.create(millis).toRfc1123DateTimeString();
    }

    static long wholeSecond(long millis) {
        return Math.floorDiv(millis, 1000L) * 1000L;
    }
}

use super::cut;

/// Each text has its sentences' borders drawn in as `|`.
fn check(drawn: &[&str]) {
    for want in drawn {
        let text = want.replace('|', "");
        assert_eq!(cut(&text), *want);
    }
}

#[test]
fn keeps_abbreviations_and_titles_inside() {
    check(&[
        "Sen. Ana Orlo and Gov. Ben Sumner met Dr. Tarn. |They spoke.",
        "Mr. and Mrs. Orlo left at 5 p.m. Monday. |He came at 9 a.m. Eastern.",
        "J. K. Orlo, A. B. Sumner Jr. and Cy Tarn Sr. signed.",
        "He works for Vela Steel Co. in Tarn, Calif., and for Orlo Inc. of Vela.",
        "It is No. 10 on the list (see Fig. 3, p. 12, c. 1890).",
        "Orlo vs. Sumner is a case, i.e. a suit, e.g. for damages.",
        "It rose 3.5 percent to $1.2 million on Jan. 5, Feb. 6 and Sept. 7.",
        "The Rev. Ben Sumner, Ph.D., spoke at St. Anne's on Orlo St. in Vela.",
        "Orlo et al. (2016) agree. |Sumner does not.",
    ]);
}

#[test]
fn ends_after_an_acronym_only_before_a_likely_start() {
    check(&[
        "They met in the U.S. |The talks failed.",
        "They met in the U.S. Senate and the U.N. Security Council.",
        "She left the U.S. |Initially, nobody knew.",
        "It opens at 9 a.m. |Visitors must wait.",
        "He runs Vela Inc. |He owns it.",
        "They sell arms, ships, etc. |Orlo objects.",
        "They sell arms, ships, etc. to Vela.",
        "“They left the U.S.” |Orlo was angry.",
        "He chose plan B. |But it failed.",
        "VELA, N.T. - The last envoy left.",
    ]);
}

#[test]
fn takes_marks_and_brackets_with_the_stop() {
    check(&[
        "“We will go.” |He left.",
        "\"We will go.\" |He left.",
        "He left (and she stayed). |They met.",
        "He left. |(She stayed.) |They met.",
        "``We will go.'' |He left.",
        "'We will go.' |He left.",
        "‘We will go.’ |He left.",
        "He said, “We will go.” |“We will stay.”",
        "He left. |\"We stay,\" she said.",
        "He left. |“[We] stay,” she said.",
        "He left.[17] |She stayed. [4] |They met.",
        "\"He left. \" |She stayed.",
    ]);
}

#[test]
fn cuts_inside_a_quotation_of_several_sentences() {
    check(&[
        "“We will go. |We will stay,” Orlo said. |“Both are true.”",
        "\"We will go,\" Orlo said. |\"We will stay. |Both are true.\"",
    ]);
}

#[test]
fn keeps_a_question_and_its_speaker_together() {
    check(&[
        "“Why?” Orlo asked. |Nobody knew.",
        "“Why?” he asked. |“Why not!” she said.",
        "“Why would we?” Foreign Minister Ana Orlo said.",
        "“Why would we?” |Orlo left the room.",
        "He asked “why?” and left.",
        "“Stop!” the envoy cried.",
    ]);
}

#[test]
fn knows_ellipses_and_rows_of_stops() {
    check(&[
        "He said ... nothing. |She left.",
        "He said nothing ... |She left.",
        "He left… |She stayed.",
        "He said . . . nothing at all.",
        "...and so it went.",
        "What?! |No!!! |Never...",
        "“We ... will go,” he said.",
    ]);
}

#[test]
fn keeps_list_numbers_with_their_items() {
    check(&[
        "1. First, we go. |2. Then we stay.",
        "a. First we go.",
        "A. The first way.",
        "10. The envoy left.",
    ]);
}

#[test]
fn ends_at_the_end_of_a_line_without_a_stop() {
    check(&[
        "Talks Resume in Vela\n|The minister left\n|She came back",
        "The delegates were:\n|Ana Orlo\n|Ben Sumner",
    ]);
}

#[test]
fn leaves_datelines_whole() {
    check(&[
        "VELA (Reuters) - The minister left. |She came back.",
        "TARN, Vela — The minister left.",
        "NEW TARN, May 4 (Vela Wire) -- The minister left.",
    ]);
}

#[test]
fn reads_text_from_the_web() {
    check(&[
        "thanks for the help. |it was good. |bye",
        "See http://vela.example/a.b?c=d. |Mail ana.orlo@vela.example or see vela.org for more.",
        "They left the hall.|Nobody saw them go.",
        "So good :) |Come again.",
        "So good. :-) |Come again.",
        "He works for Yahoo! and likes it.",
        "The film Vela Rocks! was shown.",
        "http://vela.example/1 |http://vela.example/2",
        "They left. ***** |Next item.",
        "But we need a — |Do you see it?",
        "@orlo: we go! |#vela is ours.",
    ]);
}

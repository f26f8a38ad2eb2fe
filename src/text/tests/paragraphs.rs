use super::laid_out;

fn check(text: &str, want: &[&str]) {
    let have = laid_out(text);
    assert_eq!(have.lines().collect::<Vec<_>>(), want, "{text}");
}

#[test]
fn cuts_at_line_breaks() {
    check(
        "Talks Resume in Vela After Long Pause\nThe minister left.\n\r\nShe came back.",
        &[
            "heading: Talks Resume in Vela After Long Pause",
            "body: The minister left.",
            "body: She came back.",
        ],
    );
    check("  \n\n", &[]);
}

#[test]
fn joins_lines_wrapped_to_a_width() {
    check(
        "VELA TALKS RESUME\n\nThe foreign minister of Vela told reporters on Monday that talks with\nits neighbour \
         had resumed and that she hoped for an agreement before\nthe winter. \"We are closer than we have been,\" Ana \
         Orlo said in the\ncapital.\n\nHer counterpart was less sure. He said that nobody should expect any\nsigned \
         paper before the spring.\nThat is far off.",
        &[
            "heading: VELA TALKS RESUME",
            "body: The foreign minister of Vela told reporters on Monday that talks with its neighbour had resumed \
             and that she hoped for an agreement before the winter. \"We are closer than we have been,\" Ana Orlo \
             said in the capital.",
            "body: Her counterpart was less sure. He said that nobody should expect any signed paper before the \
             spring.",
            "body: That is far off.",
        ],
    );
}

#[test]
fn keeps_short_lines_of_a_list_apart() {
    check(
        "The delegates were:\nAna Orlo, minister\nBen Sumner, envoy\nCy Tarn",
        &[
            "body: The delegates were:",
            "heading: Ana Orlo, minister",
            "heading: Ben Sumner, envoy",
            "heading: Cy Tarn",
        ],
    );
}

#[test]
fn knows_a_paywall_and_what_hangs_on_it() {
    check(
        "Orlo said no.\nDisclaimer: No Vela Post journalist was involved in this text\nYou’ve hit your limit of 5 \
         free articles.\nSubscribe now for unlimited access.\nAlready subscribed? Log in\nVela Basic\n₹900\n3 \
         Months\nRenews automatically, cancel anytime\nFull access, with all newsletters for our subscribers.",
        &[
            "body: Orlo said no.",
            "[disclaimer]: Disclaimer: No Vela Post journalist was involved in this text",
            "[paywall]: You’ve hit your limit of 5 free articles.",
            "[paywall]: Subscribe now for unlimited access.",
            "[paywall]: Already subscribed? Log in",
            "[paywall]: Vela Basic",
            "[paywall]: ₹900",
            "[paywall]: 3 Months",
            "[paywall]: Renews automatically, cancel anytime",
            "[paywall]: Full access, with all newsletters for our subscribers.",
        ],
    );
}

#[test]
fn goes_back_to_the_article_after_a_block() {
    check(
        "Orlo said no.\nMost Read\nFive dead in Tarn\nWhy Vela waits\nThe minister left the capital for her home on \
         Sunday.",
        &[
            "body: Orlo said no.",
            "[links]: Most Read",
            "[links]: Five dead in Tarn",
            "[links]: Why Vela waits",
            "body: The minister left the capital for her home on Sunday.",
        ],
    );
}

#[test]
fn knows_what_a_page_prints_around_an_article() {
    for (reason, line) in [
        ("advertisement", "Advertisement"),
        ("advertisement", "Story continues below advertisement"),
        ("buttons", "Share on Facebook"),
        ("buttons", "Share"),
        ("byline", "By Ana Orlo and Ben Sumner, Vela News"),
        ("comments", "12 Comments"),
        ("comments", "Leave a comment"),
        ("copyright", "© 2017 The Vela Post. All rights reserved."),
        ("copyright", "Copyright 2017 The Vela Post"),
        ("credit", "(Photo by Ben Sumner/Vela Pool)"),
        ("credit", "AP Photo/Ben Sumner"),
        ("credit", "Image: Getty"),
        ("credit", "Ben Sumner/Getty Images"),
        ("credit", "(Reporting by Ana Orlo; Editing by Ben Sumner)"),
        ("credit", "Cy Tarn contributed to this report."),
        ("date", "Last updated 4 May 2017"),
        ("follow", "Follow Ana Orlo on Twitter @orlo"),
        ("follow", "Ana Orlo writes on Vela. Follow her on Twitter: @orlo."),
        ("links", "RELATED: Why Vela waits"),
        ("links", "Read more: Vela waits"),
        ("links", "READ MORE"),
        ("notice", "This story has been updated to add Orlo's reply."),
        ("sign-up", "Sign up for our newsletter and get the news every day."),
        ("sign-up", "Enter your email address"),
    ] {
        check(line, &[&format!("[{reason}]: {line}")]);
    }
}

#[test]
fn leaves_prose_with_the_same_words_alone() {
    for line in [
        "Read more widely than your critics do, Orlo told the students, and they listened to her.",
        "Share prices fell in Vela on Monday.",
        "Comments by the minister angered Tarn.",
        "Related documents were handed to the court.",
        "By Monday the envoys had left.",
        "Subscribers to the treaty met in Vela.",
        "Reporting by the Vela Post showed that the envoy had lied.",
        "More in sorrow than in anger, Orlo left the room.",
        "“Subscribe now,” the poster said.",
        "Photos of the meeting showed her smiling.",
        "Trending upward, the polls gave her hope.",
    ] {
        check(line, &[&format!("body: {line}")]);
    }
}

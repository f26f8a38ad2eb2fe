use super::quoted;

fn check(cases: &[(&str, &str)]) {
    for (text, want) in cases {
        assert_eq!(quoted(text), *want, "{text}");
    }
}

#[test]
fn pairs_every_kind_of_double_mark() {
    check(&[
        (r#""We will go," said Orlo."#, r#""<We will go,>" said Orlo."#),
        ("“We will go,” said Orlo.", "“<We will go,>” said Orlo."),
        ("„We will go,“ said Orlo.", "„<We will go,>“ said Orlo."),
        ("„We will go,” said Orlo.", "„<We will go,>” said Orlo."),
        ("``We will go,'' said Orlo.", "``<We will go,>'' said Orlo."),
        ("''We will go,'' said Orlo.", "''<We will go,>'' said Orlo."),
        ("«We will go», said Orlo.", "«<We will go>», said Orlo."),
        ("« We will go », said Orlo.", "« <We will go> », said Orlo."),
        ("»We will go«, said Orlo.", "»<We will go>«, said Orlo."),
    ]);
}

#[test]
fn pairs_mixed_marks() {
    check(&[
        ("“We will go,\" said Orlo.", "“<We will go,>\" said Orlo."),
        ("\"We will go,” said Orlo.", "\"<We will go,>” said Orlo."),
        ("``We will go,\" said Orlo.", "``<We will go,>\" said Orlo."),
        ("\"We will go,'' said Orlo.", "\"<We will go,>'' said Orlo."),
        ("“We will go,“ said Orlo.", "“<We will go,>“ said Orlo."),
        ("”We will go,” said Orlo.", "”<We will go,>” said Orlo."),
    ]);
}

#[test]
fn nests() {
    check(&[
        (
            "“He said ‘go’ and I went,” Orlo said.",
            "“<He said ‘<go>’ and I went,>” Orlo said.",
        ),
        ("\"He said, 'Go!'\" Orlo said.", "\"<He said, '<Go!>'>\" Orlo said."),
        (
            "'He said \"go\" and I went,' Orlo said.",
            "'<He said \"<go>\" and I went,>' Orlo said.",
        ),
        (
            "\"He said \"go\" and I went,\" Orlo said.",
            "\"<He said \"<go>\" and I went,>\" Orlo said.",
        ),
        (
            "“They called it “war” and “peace” there,” Orlo said.",
            "“<They called it “<war>” and “<peace>” there,>” Orlo said.",
        ),
        ("“‘Go,’ he told me.”", "“<‘<Go,>’ he told me.>”"),
        (
            "\"The “Harbour Law” is dead.\n\n\"I say so.\"",
            "\"<The “<Harbour Law>” is dead.~>\n\n\"<+I say so.>\"",
        ),
        ("''He said 'go' then.''", "''<He said '<go>' then.>''"),
    ]);
}

#[test]
fn takes_single_marks_for_outer_ones() {
    check(&[
        ("'We will go,' said Orlo.", "'<We will go,>' said Orlo."),
        ("‘We will go,’ said Orlo.", "‘<We will go,>’ said Orlo."),
        ("The 'deep state' won.", "The '<deep state>' won."),
        ("the ‘dirty tricks’ campaign", "the ‘<dirty tricks>’ campaign"),
        (
            "'It's the voters' choice,' he said.",
            "'<It's the voters' choice,>' he said.",
        ),
        (
            "'We don't know,' he said. 'It's bad.'",
            "'<We don't know,>' he said. '<It's bad.>'",
        ),
        ("Orlo: 'We won't go'", "Orlo: '<We won't go>'"),
    ]);
}

#[test]
fn leaves_apostrophes_alone() {
    for text in [
        "It's Orlo's, and they don't.",
        "the voters' choice and the states' rights",
        "in the '90s and the ’80s, class of '08",
        "the ‘90s were the voters’ years",
        "rock 'n' roll",
        "Get 'em, 'til they're gone.",
        "Get them, 'til they go.\n\n'Tis late.",
        "James' and Charles' plans",
        "O'Hara's o'clock",
        "He is 6'2\" tall and 5' 11\" wide.",
        "a 12\" ruler and a 7\" one",
        "Hawai‘i and Sana'a",
    ] {
        assert_eq!(quoted(text), text);
    }
}

#[test]
fn chains_a_quotation_over_paragraphs() {
    check(&[
        (
            "“We go.\n\n“We stay,” Orlo said.",
            "“<We go.~>\n\n“<+We stay,>” Orlo said.",
        ),
        (
            "He said: \"One.\n\"Two.\n\"Three.\" Then \"four\".",
            "He said: \"<One.~>\n\"<+Two.~>\n\"<+Three.>\" Then \"<four>\".",
        ),
        (
            "'We go.\n\n'We stay,' Orlo said.",
            "'<We go.~>\n\n'<+We stay,>' Orlo said.",
        ),
        (
            "Orlo said: ‘We go.\n\n‘We stay.’",
            "Orlo said: ‘<We go.~>\n\n‘<+We stay.>’",
        ),
        // The second paragraph lacks its opening mark.
        (
            "“We go.\n\nand then we stay,” Orlo said.",
            "“<We go.~>\n\n<+and then we stay,>” Orlo said.",
        ),
        // A closed one is not gone on with.
        ("“We go.”\n\n“We stay.”", "“<We go.>”\n\n“<We stay.>”"),
    ]);
}

#[test]
fn keeps_stray_and_unclosed_marks_short() {
    check(&[
        (
            "He said “we go.\n\nThen he left.",
            "He said “<we go.~>\n\nThen he left.",
        ),
        ("“We go, he said. “We stay.”", "“<We go, he said.~> “<We stay.>”"),
        ("We go\" he said.", "We go\" he said."),
        ("We go he said.\"", "We go he said.\""),
        ("\" ", "\" "),
        ("“”", "“”"),
        ("\"We go. \" he said.", "\"<We go.> \" he said."),
        ("\"We go. \"he said.", "\"<We go.> \"he said."),
        ("He said\" we go.\"", "He said\" <we go.>\""),
        ("Read more »", "Read more »"),
        ("'Tisn't so, said Orlo.", "'Tisn't so, said Orlo."),
        (
            "'Midst all this he left.\n\nThey spoke.",
            "'Midst all this he left.\n\nThey spoke.",
        ),
        (
            "“A line we like.\nAna Orlo, minister.”\nThen more.",
            "“<A line we like.~>\nAna Orlo, minister.”\nThen more.",
        ),
    ]);
}

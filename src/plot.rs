//! Plots as SVG, for pages and files alike.
//!
//! In: labels with counts, of which a part may be told apart. Out: one `<svg>` element that needs nothing beside it:
//! colours are attributes, which a style sheet may override by the classes `bar`, `part` and `label`. A plot is a picture
//! only; whoever shows it puts the numbers beside it as a table.

use std::fmt::Write as _;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its length.
    pub value: u64,
    /// How much of it is of the sort told apart; 0 if nothing is.
    pub part: u64,
}

const BAR: &str = "#3c78a5";
const PART: &str = "#c98a3b";
const LABEL: &str = "#6b727a";

/// Columns side by side, such as months. `title` says what is seen; labels that would overlap are left out.
pub fn columns(title: &str, bars: &[Bar]) -> String {
    let (width, height, foot) = (720.0, 200.0, 24.0);
    let top = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1) as f64;
    let step = width / bars.len().max(1) as f64;
    let each = (64.0 / step).ceil().max(1.0) as usize;
    let mut out = open(title, width, height + foot);
    for (at, bar) in bars.iter().enumerate() {
        let (x, wide) = (at as f64 * step + step * 0.1, step * 0.8);
        for (class, fill, value) in [("bar", BAR, bar.value), ("part", PART, bar.part.min(bar.value))] {
            let high = value as f64 / top * (height - 16.0);
            if value > 0 {
                let y = height - high;
                rect(&mut out, class, fill, [x, y, wide, high]);
            }
        }
        if at % each == 0 {
            text(&mut out, x, height + 16.0, &bar.label);
        }
    }
    text(&mut out, 0.0, 11.0, &format!("{top}"));
    out + "</svg>"
}

/// Rows below each other, such as speakers: the label before, the number behind.
pub fn rows(title: &str, bars: &[Bar]) -> String {
    let (width, left, line) = (720.0, 220.0, 24.0);
    let top = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1) as f64;
    let mut out = open(title, width, line * bars.len() as f64);
    for (at, bar) in bars.iter().enumerate() {
        let y = at as f64 * line;
        let long = bar.value as f64 / top * (width - left - 60.0);
        let part = bar.part.min(bar.value) as f64 / top * (width - left - 60.0);
        text(&mut out, 0.0, y + 16.0, &shortened(&bar.label));
        rect(&mut out, "bar", BAR, [left, y + 4.0, long, line - 8.0]);
        if bar.part > 0 {
            rect(&mut out, "part", PART, [left, y + 4.0, part, line - 8.0]);
        }
        text(&mut out, left + long + 6.0, y + 16.0, &bar.value.to_string());
    }
    out + "</svg>"
}

fn open(title: &str, width: f64, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {width} \
         {height}\">",
        escaped(title)
    )
}

// Writing to a string cannot fail.
fn rect(out: &mut String, class: &str, fill: &str, [x, y, width, height]: [f64; 4]) {
    let _ = write!(
        out,
        "<rect class=\"{class}\" fill=\"{fill}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
    );
}

fn text(out: &mut String, x: f64, y: f64, text: &str) {
    let text = escaped(text);
    let _ = write!(
        out,
        "<text class=\"label\" fill=\"{LABEL}\" font-family=\"sans-serif\" font-size=\"12\" x=\"{x:.1}\" y=\"{y:.1}\">\
         {text}</text>"
    );
}

/// As much of a label as fits.
fn shortened(label: &str) -> String {
    match label.char_indices().nth(32) {
        Some((end, _)) => format!("{}…", label[..end].trim_end()),
        None => label.to_owned(),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // No XML may hold these.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: u64, part: u64) -> Bar {
        let label = label.to_owned();
        Bar { label, value, part }
    }

    #[test]
    fn the_longest_bar_fills_the_plot_and_names_are_text() {
        let plot = rows("Who", &[bar("A \"<b>\" & Co", 40, 10), bar(&"x".repeat(90), 20, 0)]);
        assert!(plot.contains("A &quot;&lt;b&gt;&quot; &amp; Co"), "{plot}");
        assert!(
            plot.contains("width=\"440.0\"") && plot.contains("width=\"220.0\""),
            "{plot}"
        );
        assert_eq!(plot.matches("class=\"part\"").count(), 1);
        assert!(plot.contains("x…"));
    }

    #[test]
    fn many_columns_have_few_labels_and_none_is_no_panic() {
        let months: Vec<Bar> = (0..120).map(|at| bar(&format!("m{at}"), at, at / 2)).collect();
        let plot = columns("Months", &months);
        assert_eq!(plot.matches("<text").count(), 12);
        assert!(columns("", &[]).ends_with("</svg>") && rows("", &[]).ends_with("</svg>"));
    }
}

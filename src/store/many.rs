//! Rows of a table that are gathered and inserted many at once.
//!
//! In: the cells of rows, one after the other. Out: the rows, with numbers that follow the last one there. To begin and to
//! end a statement, and to find its way from the root of each index, is half of what SQLite does for one row.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Result};

/// A table to insert into, and the statements that insert 1, 2, 4 and 8 rows: what more of them bind does not fit into what
/// SQLite has at hand for it.
#[derive(Debug)]
pub(super) struct Table {
    columns: usize,
    inserts: [String; 4],
}

impl Table {
    /// `table` is its name and its columns: `about(speaker_id, quote_id)`.
    pub(super) fn new(table: &str) -> Table {
        let columns = table.matches(',').count() + 1;
        let row = format!("({})", vec!["?"; columns].join(","));
        Table {
            columns,
            // A statement of many rows that may be undone alone makes the full-text index write out what it has gathered;
            // whoever fails here ends the transaction.
            inserts: std::array::from_fn(|power| {
                let rows = vec![&row[..]; 1 << power].join(",");
                format!("INSERT OR FAIL INTO {table} VALUES {rows}")
            }),
        }
    }
}

/// Rows that wait to be inserted.
#[derive(Debug)]
pub(super) struct Many<'t, 'r> {
    table: &'t Table,
    cells: Vec<ValueRef<'r>>,
}

impl<'t, 'r> Many<'t, 'r> {
    /// None yet, to go into this table.
    pub(super) fn into(table: &'t Table) -> Many<'t, 'r> {
        let cells = Vec::new();
        Many { table, cells }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: impl IntoIterator<Item = ValueRef<'r>>) {
        self.cells.extend(row);
        debug_assert_eq!(self.cells.len() % self.table.columns, 0);
    }

    /// Inserts them.
    pub(super) fn insert(&mut self, connection: &Connection) -> Result<()> {
        let Table { columns, inserts } = self.table;
        let mut rest = &self.cells[..];
        while !rest.is_empty() {
            let power = (rest.len() / columns).ilog2().min(inserts.len() as u32 - 1);
            let (now, later) = rest.split_at(columns << power);
            let mut insert = connection.prepare_cached(&inserts[power as usize])?;
            for (place, &cell) in (1..).zip(now) {
                insert.raw_bind_parameter(place, ToSqlOutput::Borrowed(cell))?;
            }
            insert.raw_execute()?;
            rest = later;
        }
        self.cells.clear();
        Ok(())
    }
}

/// A number's cell.
pub(super) fn number<'r>(number: impl Into<Option<i64>>) -> ValueRef<'r> {
    number.into().map_or(ValueRef::Null, ValueRef::Integer)
}

/// A place's cell.
pub(super) fn place<'r>(place: Option<u32>) -> ValueRef<'r> {
    number(place.map(i64::from))
}

/// A flag's cell.
pub(super) fn flag<'r>(flag: bool) -> ValueRef<'r> {
    number(i64::from(flag))
}

/// A text's cell.
pub(super) fn text<'r>(text: impl Into<Option<&'r str>>) -> ValueRef<'r> {
    text.into().map_or(ValueRef::Null, ValueRef::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_arrive_in_their_order() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INTEGER)")
            .unwrap();
        let table = Table::new("t(a, b)");
        let words: Vec<String> = (0..77).map(|word: i64| word.to_string()).collect();
        let mut many = Many::into(&table);
        for (word, other) in words.iter().zip(0..) {
            many.push([text(word.as_str()), number(other)]);
        }
        many.insert(&connection).unwrap();
        many.insert(&connection).unwrap();
        let sql = "SELECT count(*), sum(id = b + 1 AND a = b), sum(b) FROM t";
        let row = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let told: (i64, i64, i64) = connection.query_row(sql, [], row).unwrap();
        assert_eq!(told, (77, 77, 77 * 76 / 2));
    }
}

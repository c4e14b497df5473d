//! Prints tables as Markdown, ready to be pasted.

/// Prints the header of a table: a title and the names of its columns.
pub fn head(title: &str, columns: &[&str]) {
    print!("\n| {title:<50} |");
    for column in columns {
        print!(" {column:>11} |");
    }
    print!("\n|{}|", "-".repeat(52));
    for _ in columns {
        print!("{}:|", "-".repeat(12));
    }
    println!();
}

/// Prints one row.
pub fn row(name: &str, cells: &[String]) {
    print!("| {name:<50} |");
    for cell in cells {
        print!(" {cell:>11} |");
    }
    println!();
}

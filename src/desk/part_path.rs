//! Names of the parts of an office document (ECMA-376, part 2): what a relation leads to.
//!
//! Comes in: the folder of a part and the target of a relation. Goes out: the path of the target in the container.

/// The path of `target` as seen from `folder`; a target that begins with `/` is seen from the root.
pub fn part_path(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::part_path;

    #[test]
    fn targets_are_relative_to_the_folder_or_to_the_root() {
        assert_eq!(
            part_path("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(
            part_path("xl/worksheets", "../comments1.xml"),
            "xl/comments1.xml"
        );
        assert_eq!(part_path("xl", "/word/document.xml"), "word/document.xml");
        assert_eq!(part_path("", "./word/document.xml"), "word/document.xml");
    }
}

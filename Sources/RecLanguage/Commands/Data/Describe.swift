import RecData
import RecModels

extension Command {
  /// What one asks first of data.
  static let describe = Command(
    "describe", .data, summary: "tell what a dataset holds: counts, scale, activity, popularity",
    operands: [Operand("data", .dataset, .optional, "what to describe; without it the newest ratings")],
    examples: [Example("describe", after: .generated), Example("describe ratings", after: .guide)],
    notes: """
      Relevant are ratings from three quarters of the scale on, as `eval` counts them. Cold are users and items of a part \
      that have no rating in train. Duplicates are rows of the files that gave way to a later one, or were added to it. \
      Quartiles are over users or items with at least one interaction, between neighbours in proportion. Gini is 0 where \
      all have the same number and near 1 where one has nearly all.
      """,
    source: "Hyndman & Fan 1996, type 7 (quantiles), doi:10.1080/00031305.1996.10473566"
  ) { call, session in
    let name = call.operands.first?.text ?? session.trainingDataName ?? "ratings"
    let data = try session.dataset(call.operands.first, for: call)
    let description = data.description
    let figure = Figure.histogram(of: description, title: name, unit: data.eventNoun)
    let measures = Table(
      columns: [Table.Column("measure", .text), Table.Column("value", .text)],
      rows: description.measures + data.preparedMeasures + session.coldMeasures(of: data))
    var outputs: [Output.Content] = [
      .summary(Summary(of: data, named: name)), .table(measures), .table(description.spreads), .figure(figure),
    ]
    if let fields = description.fieldTable { outputs.append(.table(fields)) }
    outputs.append(.text("more: plot \(name) kind=activity · plot \(name) kind=popularity"))
    return Reply(.table(measures), outputs: outputs)
  }
}

extension DatasetDescription {
  /// Numbers of the whole, a row each.
  fileprivate var measures: [[Table.Cell]] {
    var rows: [[Table.Cell]] = [
      [.text("mean"), Table.Cell.rounded(meanValue)],
      [.text("standard deviation"), Table.Cell.rounded(standardDeviation)],
    ]
    if let relevant {
      rows.append([
        .text("relevant (from \(plain(Double(relevant.mark))))"), .text("\(decimals(relevant.share * 100, 1))%"),
      ])
    }
    rows.append([.text("users without any"), .text(grouped(users - activity.count))])
    rows.append([.text("items without any"), .text(grouped(items - popularity.count))])
    if let duplicates { rows.append([.text("duplicates"), .text(grouped(duplicates))]) }
    if let times {
      rows.append([.text("first"), .text(moment(times.lowerBound))])
      rows.append([.text("last"), .text(moment(times.upperBound))])
    }
    return rows
  }

  /// How many interactions users and items have.
  fileprivate var spreads: Table {
    let rows = [("per user", activity), ("per item", popularity)].map { name, spread -> [Table.Cell] in
      [
        .text(name), .count(spread.least), .number(spread.lowerQuartile), .number(spread.median),
        .number(spread.upperQuartile), .count(spread.most), Table.Cell(spread.mean), .count(spread.singles),
        Table.Cell(spread.gini),
      ]
    }
    return Table(
      columns: [
        Table.Column("interactions", .text), Table.Column("least", .count), Table.Column("quartile_1", .decimals(0)),
        Table.Column("median", .decimals(0)), Table.Column("quartile_3", .decimals(0)), Table.Column("most", .count),
        Table.Column("mean", .decimals(1)), Table.Column("singles", .count), Table.Column("gini", .decimals(2)),
      ], rows: rows)
  }

  /// The fields of items and users, where there are some.
  fileprivate var fieldTable: Table? {
    let rows = [("items", itemFields), ("users", userFields)].flatMap { owner, fields in
      fields.map { field -> [Table.Cell] in
        [
          .text(owner), .text(field.name), .text(field.kind.rawValue), .count(field.missing),
          field.labelCount.map(Table.Cell.count) ?? .undefined,
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      columns: [
        Table.Column("of", .text), Table.Column("field", .text), Table.Column("kind", .text),
        Table.Column("missing", .count), Table.Column("labels", .count),
      ], rows: rows)
  }
}

extension Dataset {
  /// What models see where they normalize.
  fileprivate var preparedMeasures: [[Table.Cell]] {
    guard role == .whole || role == .train, let normalized else { return [] }
    let description = normalized.dataset.description
    return [
      [.text("normalized mean"), Table.Cell.rounded(description.meanValue)],
      [.text("normalized standard deviation"), Table.Cell.rounded(description.standardDeviation)],
    ]
  }
}

extension Session {
  /// How much of a part of a split, or of all parts beside train, is of users and items that train does not know.
  fileprivate func coldMeasures(of data: Dataset) -> [[Table.Cell]] {
    guard data.role != .whole, case .dataset(let train)? = self["train"] else { return [] }
    var parts = [data]
    if data.role == .train {
      parts = ["valid", "test"].compactMap { if case .dataset(let part)? = self[$0] { part } else { nil } }
    }
    return parts.flatMap { part -> [[Table.Cell]] in
      let cold = part.cold(beside: train)
      let counts = [
        ("users", cold.users, part.active.users), ("items", cold.items, part.active.items),
        (part.eventNoun + "s of either", cold.count, part.count),
      ]
      return counts.map { noun, cold, all in
        [.text("cold \(noun) in \(part.role.rawValue)"), .text("\(grouped(cold)) of \(grouped(all))")]
      }
    }
  }
}

extension Table.Cell {
  fileprivate static func rounded(_ number: Double) -> Table.Cell {
    number.isFinite ? .text(decimals(number, 3)) : .undefined
  }
}

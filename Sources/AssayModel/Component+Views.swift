extension Component {
    /// Name of the property that says of which class of parts this component is a further view.
    public static let viewProperty = "view.of"

    /// Class of the parts that another interface shows, of which this component is one, without it being told which.
    ///
    /// Such a component is no part of its own: it is not expected besides the others, and not unexpected either.
    public var viewOf: ComponentClass? { properties[Self.viewProperty].map(ComponentClass.init(rawValue:)) }
}

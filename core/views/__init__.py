"""What posts are made of when they are shown: one look at one post, what is looked up, and the parts that many share.

What a whole post of a kind looks like stands in `core/posts/kinds/`.
"""

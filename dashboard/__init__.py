"""The Streamlit pages over the warehouse's views."""
